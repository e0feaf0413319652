using HxOps.Checkpoints;
using HxOps.Deployments;

namespace HxOps.Pipeline;

/// <summary>Puts into words what a command would do, where Core has no plan that does.</summary>
internal static class PlanText
{
    /// <summary>What a checkpoint would capture.</summary>
    public static IEnumerable<string> Capture(Deployment deployment) => deployment.Components
        .Select(component => $"capture {component.Name} ({string.Join(", ", component.Sources.Select(source => source.Path))})")
        .Append($"write {deployment.Backups.Folder}/{deployment.Backups.CheckpointPrefix}<stamp>.tgz");

    /// <summary>What would be said about a checkpoint.</summary>
    public static IEnumerable<string> Annotate(CheckpointAnnotation change)
    {
        if (change.Pinned is { } pinned)
            yield return pinned ? "pin it" : "take the pin out";
        if (change.KnownGood is { } good)
            yield return good ? "declare it good" : "no longer declare it good";
        if (change.Note is { } note)
            yield return note.Length > 0 ? $"note: {note}" : "remove the note";
    }
}
