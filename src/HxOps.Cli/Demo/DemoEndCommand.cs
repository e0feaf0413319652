using System.CommandLine;
using HxOps.Cli.Commands;
using HxOps.Cli.Demo.Practice;
using HxOps.Errors;

namespace HxOps.Cli.Demo;

/// <summary>Ends a practice deployment.</summary>
internal sealed class DemoEndCommand : VerbCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder given to 'hxops demo new'." };

    public DemoEndCommand(CommandHost host)
        : base(host, "end", "Stop a practice gateway and remove its folder.", "hxops demo end /tmp/practice") => Add(_folder);

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var practice = PracticeDeployment.Find(call.Get(_folder)!);
        await practice.EndAsync();
        call.Write(new PracticeInfo(practice.Root.Folder, false), DemoJson.Default.PracticeInfo,
            (page, info) => page.Line($"Stopped and removed {info.Id}."));
        return ExitCode.Done;
    }
}
