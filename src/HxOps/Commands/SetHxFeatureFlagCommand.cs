using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Commands;

/// <summary>Set-HxFeatureFlag: sets a feature flag and sees that it is set.</summary>
[Cmdlet(VerbsCommon.Set, "HxFeatureFlag", SupportsShouldProcess = true)]
[OutputType(typeof(FlagState))]
public sealed class SetHxFeatureFlagCommand : HxFlagCommand
{
    /// <summary>On or off.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public SwitchPosition State { get; set; }

    /// <summary>Seconds to look until the flag reads so.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int Wait { get; set; } = 30;

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var address = Address();
        if (Agree($"Turn the flag {address.Flag} {State.ToString().ToLowerInvariant()}", [$"PUT {Shown(address.Url)}", $"see it there within {Wait} s"]))
            Write(context, Run((events, stop) => new FeatureFlags(context).SetAsync(address, State, TimeSpan.FromSeconds(Wait), events, stop)));
    }
}
