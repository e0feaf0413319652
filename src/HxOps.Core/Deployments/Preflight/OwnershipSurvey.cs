using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Deployments.Preflight;

/// <summary>
/// Finds what lies in the service's folder and does not belong to its account. The backups below it are left out: only root may write them,
/// or the account could slip root a checkpoint of its own making.
/// </summary>
internal sealed class OwnershipSurvey(DeploymentContext context)
{
    private const int MostEntries = 1_000_000;
    private readonly MetadataReader _metadata = new(new AccountDirectory());

    /// <summary>Every entry that belongs to somebody else.</summary>
    /// <exception cref="HxException">The folder cannot be read, or a number of the account is not known.</exception>
    internal OwnershipFinding Look(GatewayService service, CancellationToken cancellation)
    {
        var strangers = ImmutableArray.CreateBuilder<string>();
        var seen = 0;
        var accounts = new HostAccounts(context.Root);
        if (service.OwnFolder is { } folder && Directory.Exists(context.Root.Locate(folder))
            && accounts.User(service.Account.User) is { } user && accounts.GroupId(service.Account.Group) is { } group)
        {
            foreach (var path in Entries(context.Root.Locate(folder)).Take(MostEntries))
            {
                cancellation.ThrowIfCancellationRequested();
                seen++;
                if (_metadata.TryRead(path) is { } metadata && (metadata.UserId != user.UserId || metadata.GroupId != group) && !IsElsewhereToo(metadata))
                    strangers.Add(path);
            }

            return new OwnershipFinding(strangers.ToImmutable(), seen, new FileOwner(user.UserId, group), context.Root);
        }

        return new OwnershipFinding([], 0, default, context.Root);
    }

    /// <summary>Another name of the file may lie where it belongs to somebody else with good reason.</summary>
    private static bool IsElsewhereToo(FileMetadata metadata) => metadata.Kind == FileKind.File && metadata.LinkCount > 1;

    private IEnumerable<string> Entries(string folder)
    {
        var backups = context.Root.Locate(context.Deployment.Backups.Folder);
        var waiting = new Stack<string>([folder]);
        yield return folder;
        while (waiting.TryPop(out var next))
        {
            foreach (var path in List(next).Where(path => path != backups))
            {
                yield return path;
                if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
                    waiting.Push(path);
            }
        }
    }

    private static string[] List(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, folder, "read");
        }
    }
}

/// <summary>What does not belong to the service's account.</summary>
/// <param name="Paths">Local paths.</param>
/// <param name="Seen">How many entries were looked at.</param>
/// <param name="Owner">To whom they shall belong.</param>
/// <param name="Root">Where they lie.</param>
internal sealed record OwnershipFinding(ImmutableArray<string> Paths, int Seen, FileOwner Owner, HostRoot Root)
{
    /// <summary>How many there are.</summary>
    internal int Count => Paths.Length;

    /// <summary>One of them, as a host path.</summary>
    internal string First => Paths.IsEmpty ? "" : Root.HostPathOf(Paths[0]);
}
