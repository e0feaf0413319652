using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Switches;

namespace HxOps.Commands;

/// <summary>Get-HxKillSwitch: how a kill switch stands, and what answered.</summary>
[Cmdlet(VerbsCommon.Get, "HxKillSwitch")]
[OutputType(typeof(KillSwitchState))]
public sealed class GetHxKillSwitchCommand : HxKillSwitchCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var address = Address();
        Write(context, Run((_, stop) => new KillSwitches(context).GetAsync(address, stop)));
    }
}
