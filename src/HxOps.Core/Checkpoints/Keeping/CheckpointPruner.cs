using System.Collections.Immutable;
using System.Globalization;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Restoring;

namespace HxOps.Checkpoints.Keeping;

/// <summary>Removes old checkpoints.</summary>
public sealed class CheckpointPruner(DeploymentContext context)
{
    private const string Unreadable = "it cannot be read, so no rule counts it; it goes when it is named";

    /// <summary>Decides on every checkpoint, each kind by itself; changes nothing. One that cannot be read takes nobody's place.</summary>
    public ImmutableArray<RetentionDecision> Plan(RetentionRules rules)
    {
        var all = new CheckpointCatalog(context).Survey();
        var inUse = InUse();
        return
        [
            .. all.Where(IsReadable).GroupBy(checkpoint => checkpoint.Kind)
                .SelectMany(kind => new RetentionPolicy(rules, context.Clock.GetUtcNow()).Decide([.. kind], inUse))
                .Concat(all.Where(checkpoint => !IsReadable(checkpoint)).Select(broken => new RetentionDecision(broken.Id, broken, true, Unreadable)))
                .OrderByDescending(decision => decision.Checkpoint.CreatedUtc)
                .ThenByDescending(decision => decision.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Decides on the checkpoints that the caller named; the newest, pinned, known-good and those in use are kept all the same.</summary>
    public ImmutableArray<RetentionDecision> PlanRemoval(IEnumerable<CheckpointInfo> named)
    {
        var all = new CheckpointCatalog(context).Survey();
        var newest = all.Where(IsReadable).GroupBy(checkpoint => checkpoint.Kind).Select(kind => kind.First().Id).ToHashSet(StringComparer.Ordinal);
        var inUse = InUse();
        return
        [
            .. named.Select(checkpoint => all.FirstOrDefault(kept => kept.Id == checkpoint.Id)
                    ?? throw new HxException(CheckpointErrors.NotFound, checkpoint.Id, $"There is no checkpoint {checkpoint.Id} in {context.Deployment.Backups.Folder}."))
                .Select(checkpoint => RetentionPolicy.Protection(checkpoint, newest.Contains(checkpoint.Id), inUse) is { } reason
                    ? new RetentionDecision(checkpoint.Id, checkpoint, true, reason)
                    : new RetentionDecision(checkpoint.Id, checkpoint, false, "named")),
        ];
    }

    /// <summary>Removes one checkpoint that was decided to go, and what was said about it.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <exception cref="HxException"><see cref="CheckpointErrors.Kept"/>, also when that has become true since the decision.</exception>
    public void Remove(RetentionDecision decision, DeploymentLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var now = PlanRemoval([decision.Checkpoint])[0];
        if (decision.Keep || now.Keep)
        {
            var reason = decision.Keep ? decision.Reason : now.Reason;
            throw new HxException(CheckpointErrors.Kept, decision.Id, $"{decision.Id} stays: {reason}.");
        }

        try
        {
            File.Delete(now.Checkpoint.Path);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, now.Checkpoint.Path, "remove");
        }

        FolderSync.Flush(Path.GetDirectoryName(now.Checkpoint.Path)!);
        var annotations = new Annotations(context);
        var all = annotations.Load();
        if (all.Remove(decision.Id))
            annotations.Save(all);
    }

    private static bool IsReadable(CheckpointInfo checkpoint) => checkpoint.Problem.Length == 0;

    // What a restore at work, one that must be repaired, or the guard of one still needs.
    private HashSet<string> InUse() => new RestoreCatalog(context).List()
        .Where(restore => restore.State is RestoreState.Running or RestoreState.Interrupted || restore.Confirmation == RestoreConfirmation.Awaited)
        .SelectMany(restore => new[] { restore.Checkpoint, restore.SafetyCheckpoint })
        .ToHashSet(StringComparer.Ordinal);
}

/// <summary>Applies retention rules to the checkpoints of one kind.</summary>
internal sealed class RetentionPolicy(RetentionRules rules, DateTimeOffset now)
{
    /// <summary>Decides; the checkpoints come newest first.</summary>
    internal IEnumerable<RetentionDecision> Decide(ImmutableArray<CheckpointInfo> checkpoints, HashSet<string> inUse)
    {
        var daily = NewestOfEach(checkpoints, time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rules.Daily);
        var weekly = NewestOfEach(checkpoints, time => $"{ISOWeek.GetYear(time)}-{ISOWeek.GetWeekOfYear(time)}", rules.Weekly);
        var monthly = NewestOfEach(checkpoints, time => time.ToString("yyyy-MM", CultureInfo.InvariantCulture), rules.Monthly);
        for (var position = 0; position < checkpoints.Length; position++)
        {
            var checkpoint = checkpoints[position];
            var reason = Protection(checkpoint, position == 0, inUse)
                ?? (position < rules.Last ? $"one of the newest {rules.Last}" : null)
                ?? (rules.Within is { } within && now - checkpoint.CreatedUtc <= within ? "young enough" : null)
                ?? (daily.Contains(checkpoint.Id) ? "newest of its day" : null)
                ?? (weekly.Contains(checkpoint.Id) ? "newest of its week" : null)
                ?? (monthly.Contains(checkpoint.Id) ? "newest of its month" : null)
                ?? (rules.Uncopied && checkpoint.Copies.IsEmpty ? "copied nowhere else" : null);
            yield return new RetentionDecision(checkpoint.Id, checkpoint, reason is not null, reason ?? "no rule keeps it");
        }
    }

    /// <summary>Why a checkpoint is kept whatever the rules say, or null.</summary>
    internal static string? Protection(CheckpointInfo checkpoint, bool isNewest, HashSet<string> inUse) =>
        checkpoint.IsPinned ? "pinned"
        : checkpoint.IsKnownGood ? "known good"
        : inUse.Contains(checkpoint.Id) ? "in use by a restore"
        : isNewest ? "the newest of its kind"
        : null;

    private static HashSet<string> NewestOfEach(ImmutableArray<CheckpointInfo> checkpoints, Func<DateTime, string> period, int count) =>
        checkpoints.GroupBy(checkpoint => period(checkpoint.CreatedUtc.UtcDateTime)).Take(count).Select(group => group.First().Id).ToHashSet(StringComparer.Ordinal);
}
