using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments.Preflight;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;

namespace HxOps.Deployments;

/// <summary>
/// Gives the service's folder to the service's account, as the service's documentation says. Links are given away themselves and never
/// followed; files with a second name somewhere and the backups are left alone.
/// </summary>
public sealed class OwnershipRepair(DeploymentContext context)
{
    private const int NamedPaths = 10;

    /// <summary>What would be given to the account, as lines of text; empty when everything belongs to it.</summary>
    /// <exception cref="HxException">The deployment describes no service, or its account does not exist.</exception>
    public ImmutableArray<string> Describe(CancellationToken cancellation)
    {
        var service = Service();
        var found = new OwnershipSurvey(context).Look(service, cancellation);
        return found.Count == 0 ? [] :
        [
            string.Create(CultureInfo.InvariantCulture, $"give {found.Count} of {found.Seen} entries below {service.OwnFolder} to {service.Account.User}:{service.Account.Group}"),
            .. found.Paths.Take(NamedPaths).Select(path => "  " + context.Root.HostPathOf(path)),
            .. found.Count > NamedPaths ? [string.Create(CultureInfo.InvariantCulture, $"  and {found.Count - NamedPaths} more")] : Array.Empty<string>(),
        ];
    }

    /// <summary>Gives them to the account, and sees that they belong to it.</summary>
    /// <returns>How many entries were changed.</returns>
    /// <exception cref="HxException">Another writer holds the deployment, or an entry cannot be given away.</exception>
    public int Run(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        const string Activity = "Giving files to the service's account";
        var service = Service();
        using var lease = DeploymentLock.Acquire(context.StateFolder, "repair of ownership");
        var survey = new OwnershipSurvey(context);
        var found = survey.Look(service, cancellation);
        var reader = new MetadataReader(new AccountDirectory());
        var writer = new MetadataWriter(reader);
        for (var done = 0; done < found.Count; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            events.Report(new ProgressEvent(Activity, context.Root.HostPathOf(found.Paths[done]), done, found.Count, ProgressUnit.Items));
            if (reader.TryRead(found.Paths[done]) is { } present)
                writer.Apply(found.Paths[done], new MetadataSetting(present.Mode, found.Owner.UserId, found.Owner.GroupId));
        }

        events.Report(new ProgressFinishedEvent(Activity));
        return survey.Look(service, cancellation) is { Count: > 0 } left
            ? throw new HxException(CommonErrors.AccessDenied, left.First, $"{left.First} still belongs to somebody else.")
            : found.Count;
    }

    private GatewayService Service()
    {
        var service = context.Deployment.Service
            ?? throw new HxException(EntryPointErrors.NoService, context.Deployment.Source, $"The deployment '{context.Deployment.Name}' describes no service.");
        return new HostAccounts(context.Root).User(service.Account.User) is not null ? service
            : throw new HxException(CommonErrors.PathNotFound, service.Account.User, $"There is no user {service.Account.User} to give files to.")
            {
                Remedy = "Install the service first: it makes the account.",
            };
    }
}
