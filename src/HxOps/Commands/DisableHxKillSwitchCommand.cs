using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Commands;

/// <summary>Disable-HxKillSwitch: lets a service serve again, and sees that it does.</summary>
[Cmdlet(VerbsLifecycle.Disable, "HxKillSwitch", SupportsShouldProcess = true)]
[OutputType(typeof(KillSwitchState))]
public sealed class DisableHxKillSwitchCommand : HxKillSwitchCommand
{
    /// <summary>The reason that is sent along.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Reason { get; set; } = "";

    /// <summary>How long to look until the health endpoint says so.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true, CountsSeconds = true, MostDays = 7)]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override void Execute() => Turn(SwitchPosition.Off, Reason, Wait);
}
