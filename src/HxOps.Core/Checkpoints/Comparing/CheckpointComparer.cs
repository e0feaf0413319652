using System.Collections.Immutable;
using HxOps.Checkpoints.Proving;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Comparing;

/// <summary>
/// Tells what differs between two states of a deployment. Evidence, such as logs, is left out: it differs always, and no restore
/// writes it back.
/// </summary>
public sealed class CheckpointComparer(DeploymentContext context)
{
    /// <summary>The id of the live host in a comparison.</summary>
    public const string Live = "live";

    private readonly CheckpointReader _reader = new(context);

    /// <summary>Compares a checkpoint with another, or with the live host.</summary>
    /// <param name="before">The older state.</param>
    /// <param name="after">The newer state, or null for the live host.</param>
    /// <param name="events">Progress.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Errors.HxException">An archive is not whole, or a live file cannot be read.</exception>
    public async Task<CheckpointComparison> CompareAsync(
        CheckpointInfo before, CheckpointInfo? after, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var old = await ReadAsync(before, isWithGenerated: after is not null, events, cancellation);
        var present = after is null
            ? await Task.Run(() => (ComparedState)LiveState.Read(context, old.Entries, cancellation), cancellation)
            : await ReadAsync(after, isWithGenerated: true, events, cancellation);
        return await Task.Run(() => Compare(old, present, cancellation), cancellation);
    }

    private async Task<ComparedState> ReadAsync(CheckpointInfo checkpoint, bool isWithGenerated, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new ArchivedState(context, _reader, await _reader.VerifyAsync(checkpoint, events, cancellation), isWithGenerated);

    private CheckpointComparison Compare(ComparedState before, ComparedState after, CancellationToken cancellation)
    {
        var judge = new DifferenceJudge(before.Precision & after.Precision);
        var found = new List<(string Id, DifferenceKind Kind, ManifestEntry Entry, string Detail)>();
        var same = 0;
        foreach (var (id, old) in before.Entries)
        {
            if (!after.Entries.TryGetValue(id, out var present))
                found.Add((id, DifferenceKind.Removed, old, ""));
            else if (judge.Judge(old, present) is { } difference)
                found.Add((id, difference.Kind, present, difference.Detail));
            else
                same++;
        }

        found.AddRange(after.Entries.Where(entry => !before.Entries.ContainsKey(entry.Key)).Select(entry => (entry.Key, DifferenceKind.Added, entry.Value, "")));
        var diffs = new ContentDiff(context, before, after).Make([.. found.Where(path => path.Kind == DifferenceKind.Changed).Select(path => path.Id)], cancellation);
        return new CheckpointComparison
        {
            Id = before.Id,
            Other = after.Id,
            Same = same,
            Differences =
            [
                .. found.OrderBy(path => path.Id, StringComparer.Ordinal)
                    .Select(path => new PathDifference(path.Id, path.Kind, path.Entry.Component ?? "", path.Detail, diffs.GetValueOrDefault(path.Id, []))),
            ],
        };
    }
}
