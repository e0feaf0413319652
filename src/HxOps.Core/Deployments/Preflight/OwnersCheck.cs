using HxOps.Files.Accounts;
using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>The users and groups exist that a restore gives files to.</summary>
internal sealed class OwnersCheck : IPreflightCheck
{
    private const string Id = "Owners";

    /// <inheritdoc/>
    public string Subject => "users and groups";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var accounts = new HostAccounts(context.Root);
        var policies = context.Deployment.Components.SelectMany(component => component.Sources).Select(source => source.Policy).OfType<OwnershipPolicy>().ToList();
        var users = policies.Select(policy => policy.User).Distinct().ToList();
        var groups = policies.Select(policy => policy.Group).Distinct().ToList();
        var missing = users.Where(user => accounts.User(user) is null).Select(user => $"user {user}")
            .Concat(groups.Where(group => accounts.GroupId(group) is null).Select(group => $"group {group}"))
            .ToList();
        return missing.Count == 0
            ? new PreflightResult(Id, Verdict.Healthy, $"{users.Count} users and {groups.Count} groups exist", "")
            : new PreflightResult(Id, Verdict.Unhealthy, $"missing: {string.Join(", ", missing)}",
                "Make the account, such as with 'useradd --system --no-create-home --shell /bin/false NAME', or restore with -MapOwner.");
    }
}
