using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring.Committing;

/// <summary>
/// Lays out a commit: every new entry lies beside its target, on its file system, under a name of its own; a new folder is made there with
/// all below it, so that one step brings it into place.
/// </summary>
internal sealed class StagePlanner(DeploymentContext context, string stamp)
{
    private readonly Dictionary<string, string> _stagedFolders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _presentFolders = new(StringComparer.Ordinal);
    private readonly ImmutableArray<StagedEntry>.Builder _entries = ImmutableArray.CreateBuilder<StagedEntry>();
    private readonly List<CommitStep> _renames = [];
    private readonly List<CommitStep> _metadata = [];

    /// <summary>The layout for the changes of a plan, which come parents first.</summary>
    internal StagePlan Lay(RestoreWork work)
    {
        var gone = ""; // The last path that goes as a whole, with all below it.
        foreach (var path in work.Paths)
        {
            if (gone.Length > 0 && path.Wanted is null && path.Change.HostPath.StartsWith(gone, StringComparison.Ordinal))
                continue;

            if (path is { Present.Kind: FileKind.Directory, Change.Kind: PathChangeKind.Remove or PathChangeKind.Replace })
                gone = path.Change.HostPath + "/";

            Add(path);
        }

        // Folders last and from the bottom up: their new modes may forbid what has to be done in them before.
        var steps = _renames.Concat(_metadata.OrderByDescending(step => step.HostPath, PathOrder.ParentsFirst));
        return new StagePlan(_entries.ToImmutable(), [.. steps], FolderTimes(work));
    }

    private void Add(PlannedPath path)
    {
        var hostPath = path.Change.HostPath;
        if (path.Change.Kind == PathChangeKind.Metadata)
        {
            _metadata.Add(new CommitStep(CommitStepKind.Metadata, hostPath) { Old = InodeOf(path), Before = MetadataSetting.Of(path.Present!), After = path.Wanted!.Setting });
            return;
        }

        if (path.Wanted is null)
        {
            _renames.Add(new CommitStep(CommitStepKind.Remove, hostPath) { Staged = StagedName.Beside(hostPath, stamp), Old = InodeOf(path) });
            return;
        }

        var staged = StagedPlace(hostPath, InodeOf(path));
        if (path.Wanted.Kind == FileKind.Directory)
            _stagedFolders[hostPath] = staged;

        _entries.Add(new StagedEntry(staged, path.Wanted));
    }

    // A new entry takes a free name, or changes names with the old one.
    private string StagedPlace(string hostPath, ulong? old)
    {
        var parent = ParentOf(hostPath);
        if (!_stagedFolders.ContainsKey(parent) && !IsPresentFolder(parent))
            StageMissingFolder(parent);

        if (_stagedFolders.TryGetValue(parent, out var stagedParent))
            return stagedParent + hostPath[parent.Length..];

        var staged = StagedName.Beside(hostPath, stamp);
        _renames.Add(new CommitStep(old is null ? CommitStepKind.Place : CommitStepKind.Exchange, hostPath) { Staged = staged, Old = old });
        return staged;
    }

    private void StageMissingFolder(string folder)
    {
        var staged = StagedPlace(folder, old: null);
        _stagedFolders[folder] = staged;
        _entries.Add(new StagedEntry(staged, null));
    }

    // A folder may be reached through a link that an administrator has put above the managed paths.
    private bool IsPresentFolder(string hostPath)
    {
        if (hostPath.Length == 0 || _presentFolders.Contains(hostPath))
            return true;

        var local = context.Root.Locate(hostPath);
        if (Directory.Exists(local))
            return _presentFolders.Add(hostPath);

        if (Posix.TryStat(local, out _))
            throw new HxException(RestoreErrors.FolderBlocked, hostPath, $"{hostPath} is not a folder, and files have to be restored below it.");

        return false;
    }

    private ImmutableArray<FolderTime> FolderTimes(RestoreWork work)
    {
        var folders = _renames.Select(step => ParentOf(step.HostPath)).Distinct(StringComparer.Ordinal);
        var times = ImmutableArray.CreateBuilder<FolderTime>();
        foreach (var folder in folders)
        {
            if (Posix.TryStat(context.Root.Locate(folder.Length == 0 ? "/" : folder), out var stat))
                times.Add(new FolderTime(folder, stat.ModifiedNanoseconds, work.FolderTimes.GetValueOrDefault(folder)));
        }

        return times.ToImmutable();
    }

    private static ulong? InodeOf(PlannedPath path) => path.Present?.Identity.Inode;

    private static string ParentOf(string path) => path[..path.LastIndexOf('/')];
}
