using System.Collections.Immutable;

namespace HxOps.Deployments;

/// <summary>A part of a deployment that is checkpointed, and may be restored, by itself.</summary>
/// <param name="Name">Name by which <c>-Component</c> chooses it.</param>
/// <param name="Archive">The folder within <c>snapshot/</c> that holds it, such as <c>scripts/tests/gateway</c>.</param>
/// <param name="Role">Whether a restore writes it back.</param>
/// <param name="Sources">Where its files lie.</param>
public sealed record Component(string Name, string Archive, ComponentRole Role, ImmutableArray<FileSource> Sources);

/// <summary>What a component is for.</summary>
public enum ComponentRole
{
    /// <summary>State: a restore brings it back.</summary>
    State,

    /// <summary>Evidence, such as logs: it is recorded, and never written back.</summary>
    Evidence,
}

/// <summary>Files of a component: one file, one folder with all below it, or a pattern.</summary>
/// <param name="Path">
/// A host path. Its last segment, and the one before it, may hold <c>*</c> and <c>?</c>: <c>/etc/systemd/system/*.wants/hx-*gateway*</c>.
/// The part of a match behind the longest folder free of wildcards is its place within <see cref="Component.Archive"/>
/// (for a folder: behind the folder itself).
/// </param>
/// <param name="Presence">What it means when nothing matches.</param>
public sealed record FileSource(string Path, Presence Presence)
{
    /// <summary>Takes only the newest so many matches, by the time of their last modification; null takes all.</summary>
    public int? Newest { get; init; }

    /// <summary>Owner and modes that a restore sets; null restores what was recorded.</summary>
    public OwnershipPolicy? Policy { get; init; }

    /// <summary>Whether the content is secret throughout: never shown, not even in part, not even in a diff.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>What it means when a source matches nothing.</summary>
public enum Presence
{
    /// <summary>The absence is recorded, and a mirroring restore brings it back.</summary>
    Optional,

    /// <summary>No checkpoint can be made.</summary>
    Required,
}

/// <summary>Owner and modes that a restore sets whatever was recorded.</summary>
/// <param name="User">Owner, by name.</param>
/// <param name="Group">Group, by name.</param>
/// <param name="FileMode">Permission bits of files; null keeps the recorded ones.</param>
/// <param name="ScriptMode">Permission bits of files that begin with <c>#!</c> or end in <c>.sh</c>; null treats them as files.</param>
/// <param name="DirectoryMode">Permission bits of folders; null keeps the recorded ones.</param>
public sealed record OwnershipPolicy(string User, string Group, int? FileMode, int? ScriptMode, int? DirectoryMode);
