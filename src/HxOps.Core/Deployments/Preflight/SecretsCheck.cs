using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>No secret has the value that the documents print.</summary>
internal sealed class SecretsCheck : IPreflightCheck
{
    private const string Id = "Secrets";

    /// <inheritdoc/>
    public string Subject => "secrets";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var secrets = context.Deployment.Secrets;
        var unset = secrets.Where(secret => string.IsNullOrEmpty(context.Secrets.Reveal(secret.Name))).Select(secret => $"{secret.Variable} is not set");
        var published = secrets.Where(secret => context.Secrets.UsesDefault(secret.Name)).Select(secret => $"{secret.Variable} has its documented development value");
        var remarks = unset.Concat(published).Distinct(StringComparer.Ordinal).ToList();
        return remarks.Count == 0
            ? new PreflightResult(Id, Verdict.Healthy, $"{secrets.Length} secrets have values of their own", "")
            : new PreflightResult(Id, Verdict.Inconclusive, string.Join("; ", remarks), "Set the variable to the gateway's real key before production.");
    }
}
