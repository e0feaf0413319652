using System.CommandLine;
using HxOps.Cli.Commands;
using HxOps.Cli.Demo.Practice;
using HxOps.Errors;

namespace HxOps.Cli.Demo;

/// <summary>Is one service of a practice gateway. Units of practice deployments run it; it is of no use by itself, so no help shows it.</summary>
internal sealed class DemoGatewayCommand : VerbCommand
{
    private readonly CommandHost _commands;
    private readonly Option<string> _role = new("--role") { Required = true };
    private readonly Option<int> _port = new("--port") { Required = true };
    private readonly Option<string?> _config = new("--config");
    private readonly Option<string?> _address = new("--host") { Description = "Taken as uvicorn takes it, and passed over: a practice gateway is for loopback only." };
    private readonly Option<string?> _script = new("--script") { Description = "The script that it was started as. Passed over: it is there for whoever reads the command line." };
    private readonly Argument<string?> _application = new("APP") { Description = "Taken as uvicorn takes it, and passed over.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<Uri?> _upstream = new("--upstream")
    {
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) ? url : null,
    };

    public DemoGatewayCommand(CommandHost host)
        : base(host, "gateway", "Be one service of a practice gateway.")
    {
        _commands = host;
        Hidden = true;
        _role.AcceptOnlyFromAmong("litellm", "wrapper", "backend");
        foreach (var option in (Option[])[_role, _port, _config, _upstream, _address, _script])
            Add(option);
        Add(_application);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var options = new PracticeGatewayOptions(call.Get(_port), Enum.Parse<PracticeRole>(call.Get(_role)!, ignoreCase: true))
        {
            Config = call.Get(_config),
            Upstream = call.Get(_upstream),
        };
        var log = new CallWriter(call);
        return new PracticeGateway(options, _commands.Deployments.Yaml, log).RunAsync(cancellation);
    }
}
