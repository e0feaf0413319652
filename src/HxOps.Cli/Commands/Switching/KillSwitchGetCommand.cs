using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Shows how a kill switch stands.</summary>
internal sealed class KillSwitchGetCommand(CommandHost host)
    : KillSwitchCommand(host, "get", "Show how a kill switch stands, and what answered: the service, a cache, or nobody.", "hxops killswitch get --url http://localhost:3001/admin/kill-switch")
{
    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(await new KillSwitches(call.Context).GetAsync(Address(call), cancellation), HxJson.Output.KillSwitchState, SwitchViews.KillSwitch);
        return ExitCode.Done;
    }
}
