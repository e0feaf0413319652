using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments.Preflight;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Locking;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Deployments;

/// <summary>
/// Gives the service's folder to the service's account, as the service's documentation says. Links are given away themselves and never
/// followed; files with a second name somewhere and the backups are left alone.
/// </summary>
public sealed class OwnershipRepair(DeploymentContext context)
{
    private const int NamedPaths = 10;
    private const int SetIdBits = 0xC00;

    /// <summary>What would be given to the account, as lines of text; empty when everything belongs to it.</summary>
    /// <exception cref="HxException">The deployment describes no service, or its account does not exist.</exception>
    public Task<ImmutableArray<string>> DescribeAsync(CancellationToken cancellation) => Task.Run(() => Describe(cancellation), cancellation);

    private ImmutableArray<string> Describe(CancellationToken cancellation)
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
    public Task<int> RunAsync(IProgress<HxEvent> events, CancellationToken cancellation) => Task.Run(() => Run(events, cancellation), cancellation);

    private int Run(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        const string Activity = "Giving files to the service's account";
        var service = Service();
        using var lease = DeploymentLock.Acquire(context.StateFolder, "repair of ownership");
        var survey = new OwnershipSurvey(context);
        var found = survey.Look(service, cancellation);
        var folder = context.Root.Locate(service.OwnFolder ?? "/");
        using var top = Posix.Open(folder, Posix.O_PATH | Posix.O_DIRECTORY) ?? throw FileFailure.FromErrno(Posix.LastError, folder, "open");
        for (var done = 0; done < found.Count; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            events.Report(new ProgressEvent(Activity, context.Root.HostPathOf(found.Paths[done]), done, found.Count, ProgressUnit.Items));
            Give(top, folder, found.Paths[done], found.Owner);
        }

        events.Report(new ProgressFinishedEvent(Activity));
        return survey.Look(service, cancellation) is { Count: > 0 } left
            ? throw new HxException(CommonErrors.AccessDenied, left.First, $"{left.First} still belongs to somebody else.")
            : found.Count;
    }

    /// <summary>
    /// The account may rename things in its folder meanwhile, so the entry is reached from the open folder and through no link: nothing
    /// outside can be given away. Like chown, it takes the set-id bits of files.
    /// </summary>
    private static void Give(SafeFileHandle top, string folder, string path, FileOwner owner)
    {
        using var entry = Posix.OpenBeneath(top, path == folder ? "." : path[(folder.Length + 1)..], Posix.O_PATH | Posix.O_NOFOLLOW);
        if (entry is null)
        {
            if (Posix.LastError == Posix.ENOENT)
                return;

            throw FileFailure.FromErrno(Posix.LastError, path, "set the owner of");
        }

        var reader = new MetadataReader(new AccountDirectory());
        var present = reader.Read(entry, path);
        var mode = present.Kind == FileKind.File ? present.Mode & ~SetIdBits : present.Mode;
        new MetadataWriter(reader).Apply(entry, path, new MetadataSetting(mode, owner.UserId, owner.GroupId));
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
