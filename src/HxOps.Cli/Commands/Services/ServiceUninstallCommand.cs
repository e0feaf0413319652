using System.CommandLine;
using HxOps.Errors;
using HxOps.Services.Installing;

namespace HxOps.Cli.Commands.Services;

/// <summary>Takes the service of the deployment file off its machine.</summary>
internal sealed class ServiceUninstallCommand : VerbCommand
{
    private readonly Option<bool> _purge = Switches.Of("--purge", "Remove its drop-ins and its environment file, too.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public ServiceUninstallCommand(CommandHost host)
        : base(host, "uninstall", "Stop the service and take its unit off this machine.", "hxops service uninstall --what-if", "hxops service uninstall --yes")
    {
        Add(_purge);
        Add(_whatIf);
        Add(_yes);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new InstallRequest { Action = InstallAction.Uninstall, Options = call.Get(_purge) ? InstallOptions.Purge : 0 };
        return InstallFlow.RunAsync(call, request, call.Get(_whatIf), call.Get(_yes), cancellation);
    }
}
