using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointPrunerTests : CheckpointBench
{
    private CheckpointPruner Pruner => new(Sample.Context);

    [Fact]
    [Trait("Behaviour", "C-58")]
    [Trait("Behaviour", "T-26")]
    [Trait("Behaviour", "T-27")]
    public void C_58_T_26_T_27_the_newest_five_of_each_kind_by_stamp_stay()
    {
        var taken = TakeDaily(7);
        var safety = TakeDaily(6, CheckpointKind.Safety);
        File.SetLastWriteTimeUtc(taken[0].Path, DateTime.UtcNow.AddYears(1));
        Sample.Write(SampleDeployment.Backups + "/notes.txt", "not ours");

        Prune(new RetentionRules { Last = 5 });

        Assert.Equal(
            taken[2..].Concat(safety[1..]).Select(checkpoint => checkpoint.Id + ".tgz").Append("notes.txt").Order(StringComparer.Ordinal),
            Directory.GetFiles(Sample.BackupFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Pinned_known_good_and_newest_stay_whatever_the_rules_say()
    {
        var taken = TakeDaily(4);
        Annotate(taken[0], new CheckpointAnnotation(true, null, null));
        Annotate(taken[1], new CheckpointAnnotation(null, true, null));

        var decisions = Pruner.Plan(new RetentionRules { Last = 0 }).ToDictionary(decision => decision.Id);

        Assert.Equal((true, "pinned"), (decisions[taken[0].Id].Keep, decisions[taken[0].Id].Reason));
        Assert.Equal((true, "known good"), (decisions[taken[1].Id].Keep, decisions[taken[1].Id].Reason));
        Assert.False(decisions[taken[2].Id].Keep);
        Assert.Equal((true, "the newest of its kind"), (decisions[taken[3].Id].Keep, decisions[taken[3].Id].Reason));
    }

    [Fact]
    public void One_that_cannot_be_read_takes_nobodys_place_and_goes_only_when_it_is_named()
    {
        var taken = TakeDaily(3);
        Bash.Run("/", $"truncate -s 100 '{taken[2].Path}'");

        var decisions = Pruner.Plan(new RetentionRules { Last = 1 }).ToDictionary(decision => decision.Id);

        Assert.True(decisions[taken[1].Id].Keep);
        Assert.False(decisions[taken[0].Id].Keep);
        Assert.StartsWith("it cannot be read", decisions[taken[2].Id].Reason, StringComparison.Ordinal);
        Assert.False(Pruner.PlanRemoval([decisions[taken[2].Id].Checkpoint])[0].Keep);
        Assert.Equal("the newest of its kind", Pruner.PlanRemoval([taken[1]])[0].Reason);
    }

    [Fact]
    public void Days_weeks_months_and_age_are_kept()
    {
        var taken = TakeDaily(40); // From Monday 18 August to Friday 26 September 2025.

        Assert.Equal(["20250926", "20250925", "20250924"], Kept(new RetentionRules { Daily = 3 }));
        Assert.Equal(["20250926", "20250921", "20250914"], Kept(new RetentionRules { Weekly = 3 }));
        Assert.Equal(["20250926", "20250831"], Kept(new RetentionRules { Monthly = 12 }));
        Assert.Equal(["20250926", "20250925"], Kept(new RetentionRules { Within = TimeSpan.FromHours(25) }));
        Assert.Equal(40, taken.Count);
    }

    [Fact]
    public void Planning_changes_nothing_and_a_kept_one_is_not_removed()
    {
        var taken = TakeDaily(2);
        var decisions = Pruner.PlanRemoval(taken);

        Assert.Equal([false, true], decisions.Select(decision => decision.Keep));
        using var lease = Sample.Lock();
        Assert.Equal(CheckpointErrors.Kept, Assert.Throws<HxException>(() => Pruner.Remove(decisions[1], lease)).Id);
        Assert.Equal(2, Directory.GetFiles(Sample.BackupFolder).Length);
    }

    [Fact]
    public void What_became_protected_after_the_decision_stays()
    {
        var taken = TakeDaily(2);
        var decision = Pruner.PlanRemoval([taken[0]])[0];
        Annotate(taken[0], new CheckpointAnnotation(true, null, null));

        using var lease = Sample.Lock();
        Assert.Equal(CheckpointErrors.Kept, Assert.Throws<HxException>(() => Pruner.Remove(decision, lease)).Id);
    }

    [Fact]
    public void What_was_said_about_a_removed_checkpoint_goes_with_it()
    {
        var taken = TakeDaily(2);
        Annotate(taken[0], new CheckpointAnnotation(null, null, "a note"));

        Prune(new RetentionRules { Last = 1 });

        Assert.DoesNotContain(taken[0].Id, File.ReadAllText(Path.Combine(StateFolder.Of(Sample.Context), "annotations.json")), StringComparison.Ordinal);
    }

    private List<CheckpointInfo> TakeDaily(int count, CheckpointKind kind = CheckpointKind.Checkpoint)
    {
        var first = Take(kind);
        for (var day = 1; day < count; day++)
        {
            // Copies will do: a listing tells them apart by their names.
            Sample.Clock.Advance(TimeSpan.FromDays(1));
            var id = first.Id[..^16] + Sample.Clock.Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            File.Copy(first.Path, first.Path.Replace(first.Id, id, StringComparison.Ordinal));
        }

        return [.. new CheckpointCatalog(Sample.Context).List().Where(checkpoint => checkpoint.Kind == kind).Reverse()];
    }

    private IEnumerable<string> Kept(RetentionRules rules) =>
        Pruner.Plan(rules).Where(decision => decision.Keep).Select(decision => decision.Id["gw-checkpoint-".Length..][..8]);

    private void Prune(RetentionRules rules)
    {
        using var lease = Sample.Lock();
        foreach (var decision in Pruner.Plan(rules).Where(decision => !decision.Keep))
            Pruner.Remove(decision, lease);
    }

    private void Annotate(CheckpointInfo checkpoint, CheckpointAnnotation change)
    {
        using var lease = Sample.Lock();
        new CheckpointAnnotator(Sample.Context).Annotate(checkpoint, change, lease);
    }
}
