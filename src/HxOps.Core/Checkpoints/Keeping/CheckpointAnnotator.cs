using HxOps.Checkpoints.Listing;
using HxOps.Files.Locking;

namespace HxOps.Checkpoints.Keeping;

/// <summary>Writes what an operator says about a checkpoint beside it, never into it.</summary>
public sealed class CheckpointAnnotator(DeploymentContext context)
{
    /// <summary>The checkpoint as it is kept, so that a preview fails where the change would. Writes nothing.</summary>
    /// <exception cref="Errors.HxException"><see cref="CheckpointErrors.NotFound"/> for an archive that lies elsewhere.</exception>
    public CheckpointInfo Require(CheckpointInfo checkpoint) => new CheckpointCatalog(context).FindKept(checkpoint.Id);

    /// <summary>Changes what is not null, durably.</summary>
    /// <param name="checkpoint">A checkpoint of the backup folder.</param>
    /// <param name="change">What changes.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <exception cref="Errors.HxException"><see cref="CheckpointErrors.NotFound"/> for an archive that lies elsewhere.</exception>
    public CheckpointInfo Annotate(CheckpointInfo checkpoint, CheckpointAnnotation change, DeploymentLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Change(checkpoint, before => before with
        {
            Pinned = change.Pinned ?? before.Pinned,
            KnownGood = change.KnownGood ?? before.KnownGood,
            Note = change.Note ?? before.Note,
        });
    }

    /// <summary>Remembers where a copy was seen to be whole, durably.</summary>
    /// <param name="checkpoint">A checkpoint of the backup folder.</param>
    /// <param name="destination">Folder, with its host before a colon.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    internal CheckpointInfo RememberCopy(CheckpointInfo checkpoint, string destination, DeploymentLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Change(checkpoint, before => before with { Copies = [.. (before.Copies ?? []).Append(destination).Distinct(StringComparer.Ordinal)] });
    }

    private CheckpointInfo Change(CheckpointInfo checkpoint, Func<AnnotationRecord, AnnotationRecord> change)
    {
        var current = Require(checkpoint);
        var annotations = new Annotations(context);
        var all = annotations.Load();
        all[current.Id] = change(all.GetValueOrDefault(current.Id) ?? new AnnotationRecord(false, false, null));
        annotations.Save(all);
        return new CheckpointCatalog(context).FindKept(current.Id);
    }
}

/// <summary>A change to what is said about a checkpoint; null leaves a thing as it is.</summary>
/// <param name="Pinned">Kept by every pruning.</param>
/// <param name="KnownGood">Declared good.</param>
/// <param name="Note">The note; empty removes it.</param>
public sealed record CheckpointAnnotation(bool? Pinned, bool? KnownGood, string? Note)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => this is { Pinned: null, KnownGood: null, Note: null };

    /// <summary>The change as lines of text.</summary>
    public IEnumerable<string> Describe()
    {
        if (Pinned is { } pinned)
            yield return pinned ? "pin it" : "take the pin out";
        if (KnownGood is { } good)
            yield return good ? "declare it good" : "no longer declare it good";
        if (Note is { } note)
            yield return note.Length > 0 ? $"note: {note}" : "remove the note";
    }
}
