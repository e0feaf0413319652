using HxOps.Errors;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>Guarded restores in a process of their own that is killed. Its guard, a process as well, finds its time not come yet; that of the test lets it pass.</summary>
public sealed class KilledGuardedRestoreTests
{
    private const int Sigkilled = 137;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData("die-at", "set the guard", "Succeeded")]
    [InlineData("die-at", "stage files", "Succeeded")]
    [InlineData("die-after", "Bringing files into place", "60")]
    [InlineData("die-at", "bring files into place", "Succeeded")]
    public async Task Killed_on_its_way_it_goes_back_when_the_time_from_its_arming_has_passed(params string[] order)
    {
        using var trees = await TwoTrees.CreateAsync(200);
        using (var partner = new RestorePartner(trees.Root, trees.First.Id, ["guarded", "1800", .. order]))
        {
            partner.ReadToEnd();
            Assert.Equal(Sigkilled, partner.ExitCode);
        }

        var killed = new RestoreCatalog(trees.Context).List()[0];
        Assert.Equal((RestoreState.Interrupted, RestoreConfirmation.Awaited), (killed.State, killed.Confirmation));
        Assert.InRange(killed.ConfirmByUtc!.Value - killed.StartedUtc, Within, Within + TimeSpan.FromSeconds(1));
        var late = Late(trees);
        Assert.Same(RestoreErrors.Unfinished, (await Assert.ThrowsAsync<HxException>(() => new RestoreConfirmer(late).ConfirmAsync(null, new EventLog(), CancellationToken.None))).Id);

        await new RestoreGuard(late).WatchAsync(killed.Id, new EventLog(), CancellationToken.None);

        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.False(new RestoreRepairer(trees.Context).IsNeeded());
        Assert.DoesNotContain(new RestoreCatalog(trees.Context).List(), restore => restore.Confirmation == RestoreConfirmation.Awaited);
    }

    [Fact]
    public async Task Killed_between_its_last_step_and_its_last_word_it_is_finished_and_undone()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        var id = End(trees);
        await CutAsync(trees, id, "\"type\":\"stay\"", "journal.jsonl");
        Assert.Equal((RestoreState.Interrupted, RestoreEnd.Checkpoint), (new RestoreCatalog(trees.Context).List()[0].State, new RestoreCatalog(trees.Context).List()[0].RepairEnd));

        await new RestoreGuard(Late(trees)).WatchAsync(null, new EventLog(), CancellationToken.None);

        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.Equal(RestoreConfirmation.Missed, new RestoreCatalog(trees.Context).List().Single(restore => restore.Id == id).Confirmation);
    }

    [Fact]
    public async Task When_its_process_is_gone_after_its_end_it_is_undone_to_the_last_bit()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        var id = End(trees);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));

        await new RestoreGuard(Late(trees)).WatchAsync(id, new EventLog(), CancellationToken.None);

        Assert.Empty(trees.Now().Differences(trees.SecondTree));
    }

    [Fact]
    public async Task A_guard_that_is_killed_while_it_undoes_is_followed_by_the_next_one()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        var id = End(trees);
        using (var partner = new RestorePartner(trees.Root, "guard-late", "die-after", "Bringing files into place", "30"))
        {
            partner.ReadToEnd();
            Assert.Equal(Sigkilled, partner.ExitCode);
        }

        await RefuseToConfirmAsync(trees, id);
        await new RestoreGuard(Late(trees)).WatchAsync(null, new EventLog(), CancellationToken.None);

        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.Equal(RestoreConfirmation.Missed, new RestoreCatalog(trees.Context).List().Single(restore => restore.Id == id).Confirmation);
    }

    [Fact]
    public async Task What_its_guard_has_undone_already_cannot_be_confirmed_though_the_guard_was_killed_before_it_could_say_so()
    {
        using var trees = await TwoTrees.CreateAsync(200);
        var id = End(trees);
        await new RestoreGuard(Late(trees)).WatchAsync(id, new EventLog(), CancellationToken.None);
        var undo = new RestoreCatalog(trees.Context).List().Single(restore => restore.Id != id).Id;
        await CutAsync(trees, undo, "\"type\":\"stay\"", "journal.jsonl");
        await CutAsync(trees, id, "\"type\":\"unguarded\"", "guard.jsonl");
        Assert.Empty(trees.Now().Differences(trees.SecondTree));

        await RefuseToConfirmAsync(trees, id);

        await new RestoreRepairer(trees.Context).RepairAsync(new EventLog(), CancellationToken.None);
        Assert.Empty(trees.Now().Differences(trees.SecondTree));
        Assert.Equal(RestoreConfirmation.Missed, new RestoreCatalog(trees.Context).List().Single(restore => restore.Id == id).Confirmation);
    }

    private static async Task RefuseToConfirmAsync(TwoTrees trees, string id)
    {
        var refusal = await Assert.ThrowsAsync<HxException>(() => new RestoreConfirmer(trees.Context).ConfirmAsync(id, new EventLog(), CancellationToken.None));
        Assert.Same(RestoreErrors.Unfinished, refusal.Id);
        Assert.Contains(id, refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual(id, refusal.Target);
    }

    private static async Task CutAsync(TwoTrees trees, string id, string record, string journal)
    {
        var path = Path.Combine(trees.Context.StateFolder, "restores", id, journal);
        var lines = await File.ReadAllLinesAsync(path);
        Assert.Contains(lines, line => line.Contains(record, StringComparison.Ordinal));
        await File.WriteAllTextAsync(path, string.Concat(lines.TakeWhile(line => !line.Contains(record, StringComparison.Ordinal)).Select(line => line + "\n")));
    }

    private static string End(TwoTrees trees)
    {
        using var partner = new RestorePartner(trees.Root, trees.First.Id, "guarded", "1800");
        partner.ReadToEnd();
        Assert.Equal(0, partner.ExitCode);
        return new RestoreCatalog(trees.Context).List()[0].Id;
    }

    private static DeploymentContext Late(TwoTrees trees) => trees.Context with { Clock = new ManualClock(DateTimeOffset.UtcNow + Within + TimeSpan.FromMinutes(1)) };
}
