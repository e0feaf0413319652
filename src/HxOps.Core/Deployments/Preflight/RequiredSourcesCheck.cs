using HxOps.Checkpoints.Sources;
using HxOps.Errors;
using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>Everything is there that a checkpoint cannot be made without.</summary>
internal sealed class RequiredSourcesCheck : IPreflightCheck
{
    private const string Id = "RequiredSources";

    /// <inheritdoc/>
    public string Subject => "required files";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var components = context.Deployment.Components;
        try
        {
            var missing = new SourceExpander(context).Expand(components).MissingRequired;
            var required = components.SelectMany(component => component.Sources).Count(source => source.Presence == Presence.Required);
            return missing.IsEmpty
                ? new PreflightResult(Id, Verdict.Healthy, $"all {required} required paths are there", "")
                : new PreflightResult(Id, Verdict.Unhealthy, $"missing: {string.Join(", ", missing)}", "Put the missing paths back, or correct them in the deployment file.");
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }
}
