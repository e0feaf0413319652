using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Shows how a feature flag stands.</summary>
internal sealed class FlagGetCommand(CommandHost host)
    : FlagCommand(host, "get", "Show how a feature flag stands, and what answered: the service, a cache, or nobody.", "hxops flag get", "hxops flag get unified_llm_hub --plan llm-hub")
{
    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(await new FeatureFlags(call.Context).GetAsync(Address(call, call.Get(FirstWord)), cancellation), HxJson.Output.FlagState, SwitchViews.Flag);
        return ExitCode.Done;
    }
}
