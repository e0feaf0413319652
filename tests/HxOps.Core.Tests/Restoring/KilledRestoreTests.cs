using System.Diagnostics;
using System.Globalization;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Restoring;
using HxOps.Restoring.Journaling;
using HxOps.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace HxOps.Core.Tests.Restoring;

public sealed class KilledRestoreTests(ITestOutputHelper output)
{
    private const int Sigkilled = 137;
    private static readonly string[] Tell = ["tell", "bring files into place"];

    [Fact]
    public async Task A_restore_killed_at_any_moment_leaves_the_old_or_the_new_tree_after_repair()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("HXOPS_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 12;
        using var trees = await TwoTrees.CreateAsync(4000);
        var restores = new RestoreFolder(trees.Context);
        var random = new Random(20250818);
        var present = trees.Second;
        var whole = Measure(trees, trees.First.Id, "begin");
        var commit = Measure(trees, trees.Second.Id, "told");
        var (ends, phases) = (new SortedDictionary<string, int>(), new SortedDictionary<string, int>());
        for (var kill = 1; kill <= kills; kill++)
        {
            var target = present == trees.First ? trees.Second : trees.First;
            var previous = restores.Ids().FirstOrDefault();
            if (kill % 2 == 0) // The commit is short: every other kill is aimed at it and what follows.
                KillAt(trees, target.Id, "told", commit * random.NextDouble());
            else
                KillAt(trees, target.Id, "begin", whole * random.NextDouble());
            Count(phases, PhaseOf(restores, previous));

            await new RestoreRepairer(trees.Context).RepairAsync(new EventLog(), CancellationToken.None);

            var after = trees.Now();
            var (old, fresh) = present == trees.First ? (trees.FirstTree, trees.SecondTree) : (trees.SecondTree, trees.FirstTree);
            var isNew = after.Differences(fresh).Count == 0;
            if (!isNew)
                Assert.Empty(after.Differences(old));

            present = isNew ? target : present;
            Count(ends, isNew ? "new" : "old");
            Assert.False(new RestoreRepairer(trees.Context).IsNeeded());
        }

        output.WriteLine(
            $"{kills} kills within {whole.TotalMilliseconds:F0} ms, half of them in the last {commit.TotalMilliseconds:F0} ms; "
            + $"when killed: {Told(phases)}; after the repair: {Told(ends)}, 0 mixed");
    }

    [Theory]
    [InlineData("die-at", "take a safety checkpoint", "Succeeded")]
    [InlineData("die-at", "stage files", "Started")]
    [InlineData("die-after", "Staging", "40")]
    [InlineData("die-at", "stage files", "Succeeded")]
    [InlineData("die-at", "bring files into place", "Started")]
    [InlineData("die-after", "Bringing files into place", "1")]
    [InlineData("die-after", "Bringing files into place", "60")]
    [InlineData("die-at", "bring files into place", "Succeeded")]
    public async Task Killed_before_the_last_step_it_goes_back(params string[] order)
    {
        using var trees = await TwoTrees.CreateAsync(200);
        Die(trees, order);
        Assert.All(new RestoreCatalog(trees.Context).List(), restore => Assert.Equal(RestoreEnd.Before, restore.RepairEnd));

        var repaired = await new RestoreRepairer(trees.Context).RepairAsync(new EventLog(), CancellationToken.None);

        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.All(repaired, restore => Assert.Equal(RestoreState.RolledBack, restore.State));
    }

    [Fact]
    public async Task Killed_after_the_last_step_it_goes_forward_and_says_that_the_gate_had_not_spoken()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        Die(trees, "die-at", "test the gateway", "Started");
        var interrupted = new RestoreCatalog(trees.Context).List()[0];
        Assert.Equal((RestoreState.Interrupted, RestoreEnd.Checkpoint), (interrupted.State, interrupted.RepairEnd!.Value));
        Assert.Contains("not spoken", RestoreRepairer.Plan(interrupted), StringComparison.Ordinal);

        var repaired = Assert.Single(await new RestoreRepairer(trees.Context).RepairAsync(new EventLog(), CancellationToken.None));

        Assert.Equal((RestoreState.Restored, RestoreOutcome.RestoredUnproven), (repaired.State, repaired.Outcome));
        Assert.Equal(ExitCode.VerificationFailed, RestoreOutcomeErrors.Of(repaired)!.Id.ExitCode);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));
        Assert.Equal(RestoreOutcome.Restored, (await trees.UndoAsync()).Outcome);
        Assert.Empty(trees.Now().Differences(trees.SecondTree));
    }

    [Fact]
    public async Task The_next_restore_repairs_a_killed_one_by_itself_and_goes_on_when_its_plan_still_holds()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        Die(trees, "die-at", "stage files", "Succeeded");

        var events = new EventLog();
        var result = await trees.RestoreAsync(trees.First, events);

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.Contains(events.Warnings, warning => warning.Id == "RestoreRepaired");
        Assert.Empty(trees.Now().Differences(trees.FirstTree));
    }

    [Fact]
    public async Task The_next_restore_repairs_a_killed_one_by_itself_and_does_nothing_that_was_not_agreed_to()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        Die(trees, "die-after", "Bringing files into place", "30");

        var refusal = await Assert.ThrowsAsync<HxException>(() => trees.RestoreAsync(trees.First));

        Assert.Same(RestoreErrors.Drifted, refusal.Id);
        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.Equal(RestoreOutcome.Restored, (await trees.RestoreAsync(trees.First)).Outcome);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));
    }

    [Fact]
    public async Task No_checkpoint_is_taken_of_what_a_killed_restore_left_until_it_is_repaired()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        Die(trees, "die-after", "Bringing files into place", "30");
        var before = new CheckpointCatalog(trees.Context).List().Length;

        var refusal = await Assert.ThrowsAsync<HxException>(trees.TakeAsync);

        Assert.Same(RestoreErrors.Unfinished, refusal.Id);
        Assert.Equal(21, (int)refusal.Id.ExitCode);
        Assert.Contains("Repair-HxRestore", refusal.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, new CheckpointCatalog(trees.Context).List().Length);
        await new RestoreRepairer(trees.Context).RepairAsync(new EventLog(), CancellationToken.None);
        Assert.Empty((await trees.TakeAsync()).Tree.Differences(trees.SecondTree));
    }

    [Fact]
    public async Task Of_two_restores_at_once_the_second_is_told_who_holds_the_deployment()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        using var partner = new RestorePartner(trees.Root, trees.First.Id, "hold");
        while (partner.ReadLine() is { } line && line != "holding")
        {
        }

        var refusal = await Assert.ThrowsAsync<HxException>(() => trees.RestoreAsync(trees.First));

        Assert.Same(DeploymentLock.Held, refusal.Id);
        Assert.Equal(10, (int)refusal.Id.ExitCode);
        Assert.Contains($"process {partner.Id} (restore of {trees.First.Id}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RestoreState.Running, new RestoreCatalog(trees.Context).List()[0].State);

        partner.Kill(); // While it staged: a plan made now still holds when that is gone.
        Assert.Equal(RestoreOutcome.Restored, (await trees.RestoreAsync(trees.First)).Outcome);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));
    }

    private static string PhaseOf(RestoreFolder restores, string? previous)
    {
        var story = restores.Ids().FirstOrDefault() is { } id && id != previous ? JournalStory.Read(restores.Journal(id)) : null;
        return story is null ? "Unbegun" : story.Closed is null ? story.Phase.ToString() : "Ended";
    }

    private static void Count(SortedDictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    private static string Told(SortedDictionary<string, int> counts) => string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));

    private static TimeSpan Measure(TwoTrees trees, string checkpoint, string mark)
    {
        using var partner = new RestorePartner(trees.Root, checkpoint, Tell);
        var begin = Await(partner, mark);
        Await(partner, "end");
        var whole = Stopwatch.GetElapsedTime(begin);
        partner.ReadToEnd();
        Assert.Equal(0, partner.ExitCode);
        return whole;
    }

    private static void KillAt(TwoTrees trees, string checkpoint, string mark, TimeSpan moment)
    {
        using var partner = new RestorePartner(trees.Root, checkpoint, Tell);
        var begin = Await(partner, mark);
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begin) >= moment);
        partner.Kill();
    }

    private static long Await(RestorePartner partner, string mark)
    {
        while (partner.ReadLine() is { } line)
        {
            if (line == mark)
                return Stopwatch.GetTimestamp();
        }

        throw new Xunit.Sdk.XunitException($"The restore ended without saying {mark}.");
    }

    private static void Die(TwoTrees trees, params string[] order)
    {
        using var partner = new RestorePartner(trees.Root, trees.First.Id, order);
        partner.ReadToEnd();
        Assert.Equal(Sigkilled, partner.ExitCode);
    }
}
