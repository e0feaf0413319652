using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;
using HxOps.Views;

namespace HxOps.Commands;

/// <summary>Set-HxFeatureFlag: sets a feature flag and sees that it is set.</summary>
[Cmdlet(VerbsCommon.Set, "HxFeatureFlag", SupportsShouldProcess = true)]
[OutputType(typeof(FlagState))]
public sealed class SetHxFeatureFlagCommand : HxFlagCommand
{
    /// <summary>On or off.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public SwitchPosition State { get; set; }

    /// <summary>How long to look until the flag reads so.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true, CountsSeconds = true, MostDays = 7)]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var address = Address();
        if (Agree($"Turn the flag {address.Flag} {State.ToString().ToLowerInvariant()}", [$"PUT {Shown(address.Url)}", $"see it there within {Humane.Duration(Wait)}"]))
            Write(context, Run((events, stop) => new FeatureFlags(context).SetAsync(address, State, Wait, events, stop)));
    }
}
