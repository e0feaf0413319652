using System.Collections.Immutable;
using HxOps.Checkpoints.Sources;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Reporting;

namespace HxOps.Restoring.Planning;

/// <summary>Compares the state that shall be with the host. Reads, and changes nothing.</summary>
internal sealed class ChangePlanner(DeploymentContext context)
{
    private const string Activity = "Comparing with the host";

    private readonly MetadataReader _metadata = new(new AccountDirectory());
    private readonly Dictionary<string, PathFingerprint?> _seen = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, SourceEntry>> _captured = new(() => Captured(context));

    /// <summary>The changes that lead from the host's state to the wanted one, parents before their children.</summary>
    internal RestoreWork Compare(WantedState wanted, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var observed = Observe(wanted.Entries);
        Hash(observed, events, cancellation);
        var links = new LinkRelations(observed);
        var paths = observed.Select(one => Decide(one, links)).OfType<PlannedPath>().ToList();

        var removals = wanted.Removals.Select(removal => removal.HostPath).ToHashSet(StringComparer.Ordinal);
        paths.AddRange(wanted.Removals.Select(removal => Remove(removal, removals)).OfType<PlannedPath>());
        paths.AddRange(paths.Where(IsFolderReplaced).SelectMany(path => RemoveBelow(path.Change.HostPath)).ToList());

        // A folder's time moves whenever anything is made in it; by itself that is no reason to stop a gateway.
        if (paths.TrueForAll(IsFolderTimeOnly))
            paths.Clear();

        var folderTimes = wanted.Entries.Where(entry => entry.Kind == FileKind.Directory)
            .ToDictionary(entry => entry.HostPath, entry => entry.Setting.ModifiedNanoseconds, StringComparer.Ordinal);
        return new RestoreWork(wanted.Verified, [.. paths.DistinctBy(path => path.Change.HostPath).OrderBy(path => path.Change.HostPath, PathOrder.ParentsFirst)], folderTimes, _seen);
    }

    private List<ObservedEntry> Observe(ImmutableArray<WantedEntry> wanted)
    {
        var observed = new List<ObservedEntry>(wanted.Length);
        var missing = ""; // The last folder that is not there as a folder: nothing below it is looked at, least of all through a link.
        foreach (var entry in wanted)
        {
            var isBelowMissing = missing.Length > 0 && entry.HostPath.StartsWith(missing, StringComparison.Ordinal);
            var present = isBelowMissing ? null : Look(entry.HostPath);
            if (!isBelowMissing && entry.Kind == FileKind.Directory && present?.Kind != FileKind.Directory)
                missing = entry.HostPath + "/";

            observed.Add(new ObservedEntry(entry, present));
        }

        return observed;
    }

    private FileMetadata? Look(string hostPath)
    {
        var local = context.Root.Locate(hostPath);
        _seen[hostPath] = PathFingerprint.Of(local);
        return _metadata.TryRead(local);
    }

    private void Hash(List<ObservedEntry> observed, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var candidates = observed.Where(one => one.NeedsHash).ToList();
        var done = 0;
        Parallel.ForEach(candidates, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, one =>
        {
            var (sha256, isScript) = ContentHasher.Hash(context.Root.Locate(one.Wanted.HostPath));
            one.SameContent = sha256 == one.Wanted.Entry?.Sha256;
            one.IsScript = isScript;
            events.Report(new ProgressEvent(Activity, one.Wanted.HostPath, Interlocked.Increment(ref done), candidates.Count, ProgressUnit.Items));
        });
        events.Report(new ProgressFinishedEvent(Activity));
    }

    private static PlannedPath? Decide(ObservedEntry one, LinkRelations links)
    {
        var (wanted, present) = (one.Wanted, one.Present);
        if (present is null)
            return Plan(one, PathChangeKind.Create, NameOf(wanted));

        if (present.Kind != wanted.Kind)
            return Plan(one, PathChangeKind.Replace, $"{NameOf(present.Kind)} to {NameOf(wanted.Kind)}");

        var metadata = MetadataDifference.Describe(present, one.Setting);
        var content = wanted.Kind switch
        {
            FileKind.File when !one.SameContent => present.Size == wanted.Entry?.Metadata.Size ? "content" : $"content, {present.Size} to {wanted.Entry?.Metadata.Size} bytes",
            FileKind.File when links.MustReplace(one) => "hard links",
            FileKind.SymbolicLink when present.LinkTarget != wanted.Entry?.Metadata.LinkTarget => $"target {present.LinkTarget} to {wanted.Entry?.Metadata.LinkTarget}",
            _ => "",
        };

        if (content.Length > 0)
            return Plan(one, PathChangeKind.Replace, string.Join(", ", new[] { content, metadata }.Where(text => text.Length > 0)));

        return metadata.Length > 0 ? Plan(one, PathChangeKind.Metadata, metadata) : null;
    }

    private static PlannedPath Plan(ObservedEntry one, PathChangeKind kind, string detail) =>
        new(new PathChange(one.Wanted.HostPath, kind, one.Wanted.Component, detail), one.Wanted with { Setting = one.Setting }, one.Present);

    // A folder goes only when all in it goes: what no source covers, a socket or the backups may lie in it.
    private PlannedPath? Remove(Removal removal, HashSet<string> removals)
    {
        var present = Look(removal.HostPath);
        if (present is null || (present.Kind == FileKind.Directory && !HoldsOnly(removal.HostPath, removals)))
            return null;

        return new PlannedPath(new PathChange(removal.HostPath, PathChangeKind.Remove, removal.Component, NameOf(present.Kind)), null, present);
    }

    private bool HoldsOnly(string folder, HashSet<string> removals) => AllBelow(folder).All(removals.Contains);

    private IEnumerable<string> AllBelow(string folder) => FolderContent.Of(context.Root.Locate(folder), folder, (ref _) => true);

    private static bool IsFolderReplaced(PlannedPath path) => path is { Change.Kind: PathChangeKind.Replace, Present.Kind: FileKind.Directory };

    // What goes with a folder are changes like others: the plan shows them, and an undo brings them back. So all of it must be such as a checkpoint holds.
    private IEnumerable<PlannedPath> RemoveBelow(string folder)
    {
        foreach (var hostPath in AllBelow(folder))
        {
            if (!_captured.Value.TryGetValue(hostPath, out var entry))
            {
                throw new HxException(RestoreErrors.FolderHoldsMore, folder,
                    $"{folder} would have to go with {PrintableText.Of(hostPath)} in it, which no checkpoint holds and no undo could bring back.");
            }

            if (Look(hostPath) is { } present)
                yield return new PlannedPath(new PathChange(hostPath, PathChangeKind.Remove, entry.Component.Name, NameOf(present.Kind)), null, present);
        }
    }

    private static Dictionary<string, SourceEntry> Captured(DeploymentContext context) =>
        new SourceExpander(context).Expand(RestorableComponents.Of(context.Deployment)).Entries.ToDictionary(entry => entry.HostPath, StringComparer.Ordinal);

    private static bool IsFolderTimeOnly(PlannedPath path) =>
        path is { Wanted.Kind: FileKind.Directory, Change.Kind: PathChangeKind.Metadata } && path.Change.Detail == MetadataDifference.Time;

    private static string NameOf(WantedEntry entry) => entry.Kind switch
    {
        FileKind.File => $"{entry.Entry?.Metadata.Size ?? 0} bytes",
        FileKind.SymbolicLink => "link to " + entry.Entry?.Metadata.LinkTarget,
        _ => NameOf(entry.Kind),
    };

    private static string NameOf(FileKind kind) => kind switch
    {
        FileKind.File => "file",
        FileKind.Directory => "folder",
        FileKind.SymbolicLink => "link",
        FileKind.Fifo => "named pipe",
        FileKind.Socket => "socket",
        _ => "device",
    };
}
