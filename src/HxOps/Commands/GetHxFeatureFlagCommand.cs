using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Switches;

namespace HxOps.Commands;

/// <summary>Get-HxFeatureFlag: how a feature flag stands, and what answered.</summary>
[Cmdlet(VerbsCommon.Get, "HxFeatureFlag")]
[OutputType(typeof(FlagState))]
public sealed class GetHxFeatureFlagCommand : HxFlagCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var address = Address();
        Write(context, Run((_, stop) => new FeatureFlags(context).GetAsync(address, stop)));
    }
}
