using HxOps.Cli.Commands;
using HxOps.Errors;

namespace HxOps.Cli.Demo;

/// <summary>Runs the demo; below it are the verbs of the practice deployment.</summary>
internal sealed class DemoCommand : VerbCommand
{
    private readonly CommandHost _host;

    public DemoCommand(CommandHost host)
        : base(host, "demo", "Run the main job in a throw-away root: checkpoint, break, restore, undo. Needs no root and no network.", "hxops demo")
    {
        _host = host;
        Add(new DemoNewCommand(host));
        Add(new DemoEndCommand(host));
        Add(new DemoGatewayCommand(host));
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        using var output = new CallWriter(call);
        var run = new DemoRun(root => _host.Deployments.Open(root.Locate(Practice.PracticePaths.Deployment), root),
            new DemoTale(output, TimeProvider.System), call.Events);
        var report = await run.RunAsync(cancellation);
        call.Write(report, DemoJson.Default.DemoReport, (_, _) => { });
        return ExitCode.Done;
    }
}
