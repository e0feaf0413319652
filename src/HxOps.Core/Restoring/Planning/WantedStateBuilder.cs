using System.Collections.Immutable;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Sources;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring.Planning;

/// <summary>Works out from an archive, the deployment and the caller's wishes how every managed path shall be.</summary>
internal sealed class WantedStateBuilder(DeploymentContext context, RestoreOptions options)
{
    private readonly SourceCoverage _coverage = new(context.Deployment);
    private readonly OwnerResolver _owners = new(new HostAccounts(context.Root), options.OwnerMap);
    private readonly SortedDictionary<string, WantedEntry> _entries = new(PathOrder.ParentsFirst);
    private readonly SortedDictionary<string, int> _modeWarnings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _strangers = new(StringComparer.Ordinal);

    /// <summary>The state that a checkpoint describes, with the deployment's owners and modes where it sets any.</summary>
    internal WantedState Build(VerifiedCheckpoint verified)
    {
        var selected = Selected();
        foreach (var entry in verified.Manifest.Entries)
            Add(entry, verified, selected);

        foreach (var component in selected.Where(component => component.Role == ComponentRole.Evidence))
            AddPolicyFolders(component);

        RequireSound();
        if (_entries.Values.All(entry => entry.IsEvidence))
            throw new HxException(RestoreErrors.NothingToRestore, verified.Info.Id, $"{verified.Info.Id} holds nothing that the deployment {context.Deployment.Name} would restore.");

        return new WantedState(verified, [.. _entries.Values], Extras(verified, selected), Warnings(verified));
    }

    /// <summary>The state that a safety checkpoint recorded of the paths that changed after it, exactly as it was.</summary>
    internal WantedState BuildRecorded(VerifiedCheckpoint safety, IReadOnlyDictionary<string, ChangePlanned> changes)
    {
        var folders = changes.Keys.SelectMany(FoldersAbove).ToHashSet(StringComparer.Ordinal);
        bool isConcerned(ManifestEntry entry) => entry.HostPath is { } path
            && (changes.ContainsKey(path) || (entry.Metadata.Kind == FileKind.Directory && folders.Contains(path)));

        foreach (var entry in safety.Manifest.Entries.Where(isConcerned))
        {
            if (_coverage.Find(entry.Component ?? "", entry.HostPath!) is { } source)
                _entries[entry.HostPath!] = Want(entry, source with { Policy = null }, safety);
        }

        RequireSound();
        var unrecorded = changes.Values.Where(change => !_entries.ContainsKey(change.HostPath) && _coverage.Find(change.Component, change.HostPath) is not null)
            .ToLookup(change => change.Kind == PathChangeKind.Create);

        // What was made goes again. What was there and is not in the checkpoint, such as a named pipe, must not be taken for what was not there.
        var removals = unrecorded[true].Select(change => new Removal(change.HostPath, change.Component));
        var kept = unrecorded[false].Select(change => $"{change.HostPath} stays as it is: what was there before could not be captured")
            .Concat(changes.Values.Where(change => _coverage.Find(change.Component, change.HostPath) is null)
                .Select(change => $"{change.HostPath} stays as it is: the deployment file no longer has a source that covers it"));
        return new WantedState(safety, [.. _entries.Values], [.. removals], [.. kept]);
    }

    private ImmutableArray<Component> Selected()
    {
        var all = context.Deployment.Components;
        var unknown = options.Components.FirstOrDefault(name => all.All(component => component.Name != name));
        if (unknown is not null)
        {
            throw new HxException(RestoreErrors.ComponentUnknown, unknown,
                $"The deployment {context.Deployment.Name} has no component {unknown}; it has {string.Join(", ", all.Select(component => component.Name))}.");
        }

        return options.Components.IsEmpty ? all : [.. all.Where(component => options.Components.Contains(component.Name))];
    }

    private void Add(ManifestEntry entry, VerifiedCheckpoint verified, ImmutableArray<Component> selected)
    {
        if (entry is not { HostPath: { } path, Component: { } name })
            return; // Generated for the reader of the archive.

        var source = _coverage.Find(name, path);
        if (source is null)
        {
            _strangers[name] = _strangers.GetValueOrDefault(name) + 1;
            return;
        }

        if (selected.Any(component => component.Name == name && component.Role == ComponentRole.State)
            && entry.Metadata.Kind is FileKind.File or FileKind.Directory or FileKind.SymbolicLink)
            _entries[path] = Want(entry, source, verified);
    }

    private WantedEntry Want(ManifestEntry entry, FileSource source, VerifiedCheckpoint verified)
    {
        var recorded = entry.Metadata;
        var policy = source.Policy;
        var (user, group) = policy is null
            ? _owners.Resolve(recorded.UserName, recorded.UserId, recorded.GroupName, recorded.GroupId)
            : _owners.Resolve(policy.User, 0, policy.Group, 0);
        var isScript = entry.HostPath!.EndsWith(".sh", StringComparison.Ordinal);
        var mode = ModeByPolicy(policy, recorded.Kind, isScript) ?? recorded.Mode;
        if (mode != recorded.Mode && recorded.Kind != FileKind.SymbolicLink)
            WarnOfMode(entry.Component!, recorded.Mode, mode);

        return new WantedEntry
        {
            HostPath = entry.HostPath,
            Component = entry.Component!,
            Kind = recorded.Kind,
            Setting = new MetadataSetting(mode, user, group)
            {
                ModifiedNanoseconds = recorded.ModifiedNanoseconds,
                ExtendedAttributes = Attributes(recorded, mode, verified.Info.Format),
            },
            ScriptMode = recorded.Kind == FileKind.File && !isScript ? policy?.ScriptMode : null,
            Entry = entry,
            Content = recorded.Kind == FileKind.File ? entry.HardLinkTo ?? entry.ArchivePath : null,
        };
    }

    private static int? ModeByPolicy(OwnershipPolicy? policy, FileKind kind, bool isScript) => kind switch
    {
        FileKind.File => isScript ? policy?.ScriptMode ?? policy?.FileMode : policy?.FileMode,
        FileKind.Directory => policy?.DirectoryMode,
        _ => null,
    };

    // An access list holds permission bits of its own; where policy sets the bits, policy alone shall count.
    private static ImmutableSortedDictionary<string, ImmutableArray<byte>>? Attributes(FileMetadata recorded, int mode, CheckpointFormat format)
    {
        if (format == CheckpointFormat.Kit)
            return null; // The kit recorded none, which says nothing about the host.

        var all = ExtendedAttributeRules.Restorable(recorded.ExtendedAttributes);
        return mode == recorded.Mode ? all : all.Remove("system.posix_acl_access");
    }

    // Evidence itself is never written back; the folder it is written to shall still be usable by the gateway.
    private void AddPolicyFolders(Component component)
    {
        foreach (var source in component.Sources)
        {
            var pattern = new SourcePattern(source.Path.TrimEnd('/'));
            if (source.Policy is not { DirectoryMode: { } mode } policy || pattern.IsLiteral || _entries.ContainsKey(pattern.Folder))
                continue;

            var (user, group) = _owners.Resolve(policy.User, 0, policy.Group, 0);
            _entries[pattern.Folder] = new WantedEntry
            {
                HostPath = pattern.Folder,
                Component = component.Name,
                Kind = FileKind.Directory,
                Setting = new MetadataSetting(mode, user, group),
                IsEvidence = true,
            };
        }
    }

    private void RequireSound()
    {
        _owners.ThrowIfUnknown();
        foreach (var entry in _entries.Values)
        {
            foreach (var folder in FoldersAbove(entry.HostPath))
            {
                if (_entries.TryGetValue(folder, out var parent) && parent.Kind != FileKind.Directory)
                    throw new HxException(ArchiveErrors.Unsafe, entry.HostPath, $"The archive puts {entry.HostPath} below {folder}, which is not a folder in it.");
            }
        }
    }

    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (var cut = path.LastIndexOf('/'); cut > 0; cut = path.LastIndexOf('/', cut - 1))
            yield return path[..cut];
    }

    private ImmutableArray<Removal> Extras(VerifiedCheckpoint verified, ImmutableArray<Component> selected)
    {
        if (!options.Switches.HasFlag(RestoreSwitches.Mirror))
            return [];

        if (verified.Info.Format == CheckpointFormat.Kit)
            throw new HxException(RestoreErrors.MirrorUnfounded, verified.Info.Id, $"{verified.Info.Id} was made by the old kit and does not say what was absent.");

        var recorded = RecordedSources(verified.Manifest);
        var skipped = verified.Manifest.Skipped.Select(path => path.HostPath).ToHashSet(StringComparer.Ordinal); // There, but not captured: not extra.
        var found = new SourceExpander(context).Expand(selected.Where(component => component.Role == ComponentRole.State));
        return
        [
            .. found.Entries
                .Where(entry => !_entries.ContainsKey(entry.HostPath) && !skipped.Contains(entry.HostPath) && recorded.Contains((entry.Component.Name, entry.Source.Path)))
                .Select(entry => new Removal(entry.HostPath, entry.Component.Name)),
        ];
    }

    // A source that the deployment file got after the checkpoint was taken is unknown to it, and not absent.
    private HashSet<(string Component, string Source)> RecordedSources(CheckpointManifest manifest)
    {
        var recorded = manifest.Absent.Select(absent => (absent.Component, absent.HostPath)).ToHashSet();
        foreach (var entry in manifest.Entries)
        {
            if (entry is { HostPath: { } path, Component: { } component } && _coverage.Find(component, path) is { } source)
                recorded.Add((component, source.Path));
        }

        return recorded;
    }

    private void WarnOfMode(string component, int recorded, int policy)
    {
        var text = $"{component}: policy sets mode {Octal(policy)} where {Octal(recorded)} was recorded";
        _modeWarnings[text] = _modeWarnings.GetValueOrDefault(text) + 1;
    }

    private ImmutableArray<string> Warnings(VerifiedCheckpoint verified)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        var info = verified.Info;
        if (info.Deployment.Length > 0 && info.Deployment != context.Deployment.Name)
            warnings.Add($"the checkpoint is of the deployment {info.Deployment}, not of {context.Deployment.Name}");

        if (info.HostName.Length > 0 && info.HostName != Environment.MachineName)
            warnings.Add($"the checkpoint was taken on {info.HostName}, not on {Environment.MachineName}");

        warnings.AddRange(_strangers.Select(pair => $"{Quantity.Count(pair.Value, "path")} of {pair.Key} are outside this deployment's sources and are left alone"));
        warnings.AddRange(_modeWarnings.Select(pair => $"{pair.Key} ({Quantity.Count(pair.Value, "path")})"));
        warnings.AddRange(verified.Manifest.Skipped.Select(skipped => $"not in the checkpoint: {skipped.HostPath} ({skipped.Reason})"));
        return warnings.ToImmutable();
    }

    private static string Octal(int mode) => Convert.ToString(mode, 8);
}
