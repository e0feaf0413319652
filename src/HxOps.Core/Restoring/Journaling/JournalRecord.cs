using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HxOps.Files.Locking;
using HxOps.Restoring.Committing;

namespace HxOps.Restoring.Journaling;

/// <summary>One line of a restore's journal. Each is durable before what it announces is done.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RestoreBegun), "begun")]
[JsonDerivedType(typeof(ChangePlanned), "change")]
[JsonDerivedType(typeof(StepPlanned), "step")]
[JsonDerivedType(typeof(FolderPlanned), "folder")]
[JsonDerivedType(typeof(StagingDone), "staged")]
[JsonDerivedType(typeof(UnitsObserved), "units")]
[JsonDerivedType(typeof(CommitBegun), "commit")]
[JsonDerivedType(typeof(CommitDone), "committed")]
[JsonDerivedType(typeof(StayDecided), "stay")]
[JsonDerivedType(typeof(RollbackBegun), "rollback")]
[JsonDerivedType(typeof(RestoreClosed), "closed")]
[JsonDerivedType(typeof(GuardSet), "guard")]
[JsonDerivedType(typeof(GuardFired), "fired")]
[JsonDerivedType(typeof(GuardEnded), "unguarded")]
internal abstract record JournalRecord
{
    /// <summary>When it was written.</summary>
    public required DateTimeOffset AtUtc { get; init; }
}

/// <summary>The first line.</summary>
internal sealed record RestoreBegun(string Id, string Checkpoint, string SafetyCheckpoint, string? Undoes, LockHolder Holder) : JournalRecord;

/// <summary>A path that will change, as the plan showed it; an undo goes by these.</summary>
internal sealed record ChangePlanned(string HostPath, PathChangeKind Kind, string Component, bool IsEvidence) : JournalRecord;

/// <summary>A step of the commit with the data that takes it back.</summary>
internal sealed record StepPlanned(CommitStep Step) : JournalRecord;

/// <summary>A folder whose time the commit moves.</summary>
internal sealed record FolderPlanned(FolderTime Folder) : JournalRecord;

/// <summary>All is staged and durable: the inode of each step's staged entry, in the order of the steps; zero where there is none.</summary>
internal sealed record StagingDone(ImmutableArray<ulong> Inodes) : JournalRecord;

/// <summary>The units that will be stopped may be found in this state again.</summary>
internal sealed record UnitsObserved(ImmutableArray<UnitBefore> Units) : JournalRecord;

/// <summary>From here on managed paths change.</summary>
internal sealed record CommitBegun : JournalRecord;

/// <summary>Every step is done and durable.</summary>
internal sealed record CommitDone : JournalRecord;

/// <summary>The gate has been asked, or was not to be: the restore stays, and ends like this.</summary>
internal sealed record StayDecided(RestoreOutcome Outcome) : JournalRecord;

/// <summary>From here on the steps are taken back.</summary>
internal sealed record RollbackBegun(string Reason) : JournalRecord;

/// <summary>The last line: nothing is left to do. With the number of changes a listing need not read what lies between the first line and this.</summary>
internal sealed record RestoreClosed(RestoreOutcome Outcome, int Changed) : JournalRecord;

/// <summary>
/// A line of the guard's own journal: the restore is undone when nobody confirms it by then. The last one counts: it is written when the
/// guard is armed, and when the restore ends.
/// </summary>
internal sealed record GuardSet(DateTimeOffset ByUtc, bool LeavesUnits) : JournalRecord;

/// <summary>A line of the guard's own journal: nobody has confirmed in time; from here on the guard undoes the restore.</summary>
internal sealed record GuardFired : JournalRecord;

/// <summary>A line of the guard's own journal: it has nothing to do any more, for the restore is confirmed, or undone.</summary>
internal sealed record GuardEnded(bool IsConfirmed) : JournalRecord;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
