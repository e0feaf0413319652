using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Restoring.Committing;

namespace HxOps.Restoring.Journaling;

/// <summary>What a journal tells about its restore.</summary>
internal sealed class JournalStory
{
    private readonly List<ChangePlanned> _changes = [];
    private readonly List<CommitStep> _steps = [];
    private readonly List<FolderTime> _folders = [];

    private JournalStory(RestoreBegun begun, long length)
    {
        Begun = begun;
        Length = length;
    }

    internal RestoreBegun Begun { get; }

    /// <summary>Bytes of whole records.</summary>
    internal long Length { get; }

    internal IReadOnlyList<ChangePlanned> Changes => _changes;

    internal IReadOnlyList<CommitStep> Steps => _steps;

    internal IReadOnlyList<FolderTime> Folders => _folders;

    /// <summary>The inodes of the staged entries; empty when staging was not finished.</summary>
    internal ImmutableArray<ulong> Inodes { get; private set; } = [];

    internal ImmutableArray<UnitBefore> Units { get; private set; } = [];

    internal JournalPhase Phase { get; private set; }

    /// <summary>Forward only when every step was done and nobody had begun to take them back; else back.</summary>
    internal RestoreEnd End => Phase == JournalPhase.Committed ? RestoreEnd.Checkpoint : RestoreEnd.Before;

    /// <summary>How it ends if it goes forward: as was decided, and without a decision unproven.</summary>
    internal RestoreOutcome Forward { get; private set; } = RestoreOutcome.RestoredUnproven;

    internal RestoreClosed? Closed { get; private set; }

    /// <summary>Reads the story; null when the process died before the first record was whole, so that nothing had begun.</summary>
    /// <exception cref="HxException">JournalDamaged.</exception>
    internal static JournalStory? Read(string path)
    {
        if (!File.Exists(path))
            return null;

        var (records, length) = JournalReader.Read(path);
        if (records.Count == 0)
            return null;

        if (records[0] is not RestoreBegun begun)
            throw new HxException(RestoreErrors.JournalDamaged, path, $"{path} does not begin like a journal.");

        var story = new JournalStory(begun, length);
        records.ForEach(story.Add);
        return story;
    }

    private void Add(JournalRecord record)
    {
        switch (record)
        {
            case ChangePlanned change:
                _changes.Add(change);
                break;
            case StepPlanned planned:
                _steps.Add(planned.Step);
                break;
            case FolderPlanned planned:
                _folders.Add(planned.Folder);
                break;
            case StagingDone done:
                Inodes = done.Inodes;
                break;
            case UnitsObserved observed:
                Units = observed.Units;
                break;
            case CommitBegun:
                Phase = JournalPhase.Committing;
                break;
            case CommitDone:
                Phase = JournalPhase.Committed;
                break;
            case StayDecided decided:
                Forward = decided.Outcome;
                break;
            case RollbackBegun:
                Phase = JournalPhase.RollingBack;
                break;
            case RestoreClosed closed:
                Closed = closed;
                break;
        }
    }
}

/// <summary>How far a restore came.</summary>
internal enum JournalPhase
{
    /// <summary>No managed path has changed.</summary>
    Staging,

    /// <summary>Some may have.</summary>
    Committing,

    /// <summary>All have.</summary>
    Committed,

    /// <summary>They are on their way back.</summary>
    RollingBack,
}
