using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Commands;

/// <summary>Enable-HxKillSwitch: stops every request at a service, and sees that it does.</summary>
[Cmdlet(VerbsLifecycle.Enable, "HxKillSwitch", SupportsShouldProcess = true)]
[OutputType(typeof(KillSwitchState))]
public sealed class EnableHxKillSwitchCommand : HxKillSwitchCommand
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
    protected override void Execute() => Turn(SwitchPosition.On, Reason, Wait);
}
