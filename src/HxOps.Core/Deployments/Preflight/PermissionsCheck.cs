using System.Globalization;
using HxOps.Errors;
using HxOps.Files.Accounts;
using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>The account of the service exists, may use what the service needs, and owns the service's folder.</summary>
internal sealed class PermissionsCheck : IPreflightCheck
{
    private const string Id = "Permissions";
    private const int MayRead = 4;
    private const int MayEnter = 1;

    /// <inheritdoc/>
    public string Subject => "permissions of the service's account";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) =>
        Task.Run(() => Look(context, cancellation), cancellation);

    private static PreflightResult Look(DeploymentContext context, CancellationToken cancellation)
    {
        if (context.Deployment.Service is not { } service)
            return new PreflightResult(Id, Verdict.Inconclusive, "the deployment describes no service", "Add a section 'service' to the deployment file.");

        var accounts = new HostAccounts(context.Root);
        if (accounts.User(service.Account.User) is not { } account)
        {
            return new PreflightResult(Id, Verdict.Unhealthy, $"there is no user {service.Account.User}",
                "Install the service with Install-HxGatewayService or 'hxops service install': it makes the account.");
        }

        try
        {
            return Judge(context, service, account, new AccountAccess(account, accounts.GroupIdsOf(account)), cancellation);
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }

    private static PreflightResult Judge(DeploymentContext context, GatewayService service, HostAccount account, AccountAccess access, CancellationToken cancellation)
    {
        var denied = Needs(context, service)
            .Where(need => access.Allows(context.Root, need.Path, need.Bits) == false)
            .Select(need => $"{account.Name} may not {need.Verb} {need.Path}")
            .ToList();
        var strangers = new OwnershipSurvey(context).Look(service, cancellation);
        if (strangers.Count > 0)
        {
            denied.Add(string.Create(CultureInfo.InvariantCulture,
                $"{strangers.Count} of {strangers.Seen} entries below {service.OwnFolder} do not belong to {service.Account.User}:{service.Account.Group}, such as {strangers.First}"));
        }

        return denied.Count == 0
            ? new PreflightResult(Id, Verdict.Healthy, $"{account.Name} may use what the service needs", "")
            : new PreflightResult(Id, Verdict.Unhealthy, string.Join("; ", denied), strangers.Count > 0
                ? "Give the folder to the account with 'Test-HxDeployment -Fix Ownership' or 'hxops deployment test --fix ownership'."
                : "Let the account read the named paths and enter the folders above them.");
    }

    private static IEnumerable<(string Path, int Bits, string Verb)> Needs(DeploymentContext context, GatewayService service)
    {
        if (service.Command[0].StartsWith('/'))
            yield return (service.Command[0], MayEnter, "run");

        yield return (service.WorkingFolder, MayEnter, "enter");
        foreach (var path in new[] { context.Deployment.Configuration.Routing, context.Deployment.Configuration.ModelRegistry }.OfType<string>())
            yield return (path, MayRead, "read");
    }
}
