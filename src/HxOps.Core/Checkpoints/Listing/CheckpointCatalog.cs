using System.Collections.Immutable;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Native;

namespace HxOps.Checkpoints.Listing;

/// <summary>Knows the checkpoints that exist.</summary>
public sealed class CheckpointCatalog(DeploymentContext context)
{
    /// <summary>
    /// All checkpoints of the backup folder, newest first by the stamp in the name. Archives that no listing has seen are read through;
    /// one that cannot be read is listed with its <see cref="CheckpointInfo.Problem"/>.
    /// </summary>
    public ImmutableArray<CheckpointInfo> List()
    {
        var (checkpoints, records, isNew) = Look();
        if (isNew)
            new CheckpointIndex(context).Save(records);
        return checkpoints;
    }

    /// <summary>The same list for whoever only plans: not even the index is written.</summary>
    internal ImmutableArray<CheckpointInfo> Survey() => Look().Checkpoints;

    /// <summary>
    /// One checkpoint by id, file name or path, in the backup folder or elsewhere; null or empty gives the newest of kind Checkpoint.
    /// Writes nothing.
    /// </summary>
    /// <exception cref="HxException"><see cref="CheckpointErrors.NotFound"/>.</exception>
    public CheckpointInfo Find(string? idOrPath)
    {
        if (string.IsNullOrEmpty(idOrPath))
        {
            return Look().Checkpoints.FirstOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.Checkpoint)
                ?? throw NotFound(context.Deployment.Backups.Folder, $"There is no checkpoint in {context.Deployment.Backups.Folder}");
        }

        var kept = idOrPath.Contains('/', StringComparison.Ordinal) ? null : FindByName(idOrPath);
        if (kept is not null)
            return kept;

        var path = Path.GetFullPath(idOrPath);
        if (!File.Exists(path))
            throw NotFound(idOrPath, $"There is no checkpoint {idOrPath}");

        return Path.GetDirectoryName(path) == Folder && FindByName(Path.GetFileName(path)) is { } known ? known : Describe(path);
    }

    /// <summary>One checkpoint of the backup folder by its id.</summary>
    internal CheckpointInfo FindKept(string id) =>
        FindByName(id) ?? throw NotFound(id, $"There is no checkpoint {id} in {context.Deployment.Backups.Folder}");

    private string Folder => context.Root.Locate(context.Deployment.Backups.Folder);

    private CheckpointInfo? FindByName(string name)
    {
        var id = CheckpointDescription.IdOf(name);
        return Look().Checkpoints.FirstOrDefault(checkpoint => checkpoint.Id == id);
    }

    private (ImmutableArray<CheckpointInfo> Checkpoints, List<IndexRecord> Records, bool IsNew) Look()
    {
        var annotations = new Annotations(context).Load();
        var known = new CheckpointIndex(context).Load();
        var records = new List<IndexRecord>();
        var checkpoints = new List<CheckpointInfo>();
        var isNew = false;
        foreach (var path in Archives())
        {
            if (CheckpointName.Parse(CheckpointDescription.IdOf(path), context.Deployment.Backups) is not { } name)
                continue;

            if (!Posix.TryStat(path, out var stat))
                continue; // It went away meanwhile.

            var archive = new ArchiveIdentity(stat.Identity, (long)stat.Size, stat.ModifiedNanoseconds);
            if (!known.TryGetValue(Path.GetFileName(path), out var record) || !record.IsOf(archive))
            {
                record = IndexRecord.Of(Describe(path), archive);
                isNew = true;
            }

            records.Add(record);
            checkpoints.Add(InfoOf(record, path, name, annotations));
        }

        var newestFirst = checkpoints.OrderByDescending(checkpoint => checkpoint.CreatedUtc).ThenByDescending(checkpoint => checkpoint.Id, StringComparer.Ordinal);
        return ([.. newestFirst], records, isNew || records.Count < known.Count);
    }

    private string[] Archives()
    {
        try
        {
            return Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*" + CheckpointName.Ending) : [];
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, context.Deployment.Backups.Folder, "read");
        }
    }

    private static CheckpointInfo InfoOf(IndexRecord record, string path, CheckpointName name, Dictionary<string, AnnotationRecord> annotations)
    {
        var id = CheckpointDescription.IdOf(path);
        var annotation = annotations.GetValueOrDefault(id);
        return new CheckpointInfo
        {
            Id = id,
            Path = path,
            CreatedUtc = name.CreatedUtc,
            Kind = name.Kind,
            Format = record.Format,
            SizeBytes = record.SizeBytes,
            Files = record.Files,
            ContentBytes = record.ContentBytes,
            Deployment = record.Deployment,
            HostName = record.HostName,
            Gateway = record.Gateway,
            Note = annotation?.Note ?? record.Note,
            IsPinned = annotation?.Pinned ?? false,
            IsKnownGood = annotation?.KnownGood ?? false,
            Copies = annotation?.Copies is { Length: > 0 } copies ? [.. copies] : [], // The one empty array, by which equal records are equal.
            Skipped = record.Skipped,
            Problem = record.Problem,
        };
    }

    private CheckpointInfo Describe(string path) => new ArchiveGlance(context).Describe(path);

    private static HxException NotFound(string target, string message) => new(CheckpointErrors.NotFound, target, message + ".");
}
