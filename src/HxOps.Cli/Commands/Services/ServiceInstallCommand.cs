using System.CommandLine;
using HxOps.Errors;
using HxOps.Services.Installing;

namespace HxOps.Cli.Commands.Services;

/// <summary>Puts the service of the deployment file on its machine.</summary>
internal sealed class ServiceInstallCommand : VerbCommand
{
    private readonly Option<bool> _notAtBoot = Switches.Of("--not-at-boot", "Do not have it started at boot.");
    private readonly Option<bool> _start = Switches.Of("--start", "Start it afterwards, or restart it when its unit file changed.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public ServiceInstallCommand(CommandHost host)
        : base(host, "install", "Put the service of the deployment file on this machine: account, environment file, unit, enablement.",
            "hxops service install --what-if", "hxops service install --start --yes")
    {
        foreach (var option in new[] { _notAtBoot, _start, _whatIf, _yes })
            Add(option);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var options = (call.Get(_notAtBoot) ? InstallOptions.NotAtBoot : 0) | (call.Get(_start) ? InstallOptions.Start : 0);
        return InstallFlow.RunAsync(call, new InstallRequest { Action = InstallAction.Install, Options = options }, call.Get(_whatIf), call.Get(_yes), cancellation);
    }
}
