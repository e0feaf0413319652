using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreGuardTests : GuardBench
{
    [Fact]
    public async Task What_nobody_confirms_in_time_is_undone_and_not_before()
    {
        var restore = RestoreGuarded();
        Assert.Equal(Sample.Clock.Now + Within, restore.ConfirmByUtc);
        Assert.Equal((RestoreState.Restored, RestoreConfirmation.Awaited, restore.ConfirmByUtc), Standing(restore.Id));
        var guard = StandGuard(restore.Id);

        Sample.Clock.Advance(Within - TimeSpan.FromMinutes(1)); // It may look for the first time now, and then counts a real minute.
        Assert.NotSame(guard, await Task.WhenAny(guard, Task.Delay(TimeSpan.FromSeconds(1))));
        Assert.StartsWith("model_list", Config, StringComparison.Ordinal);
        Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        await guard;

        Assert.Equal("before\n", Config);
        Assert.Equal((RestoreState.Undone, RestoreConfirmation.Missed, restore.ConfirmByUtc), Standing(restore.Id));
        var entry = Assert.Single(new AuditLog(Sample.Context).Read(), entry => entry.Action == "restore guard");
        Assert.Equal((restore.Id, "Restored"), (entry.Target, entry.Outcome));
    }

    [Fact]
    public async Task What_is_confirmed_in_time_stays_and_its_guard_ends()
    {
        var restore = RestoreGuarded();
        var guard = StandGuard(null);

        var confirmed = Confirm(null);
        await guard;
        Sample.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Guard.WatchAsync(null, Events, CancellationToken.None));

        Assert.Equal((restore.Id, RestoreConfirmation.Confirmed), (confirmed.Id, confirmed.Confirmation));
        Assert.StartsWith("model_list", Config, StringComparison.Ordinal);
        var audited = Assert.Single(new AuditLog(Sample.Context).Read(), entry => entry.Action == "restore confirm");
        Assert.Equal((restore.Id, "Confirmed"), (audited.Target, audited.Outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Confirming_twice_writes_once(bool byId)
    {
        var restore = RestoreGuarded();
        Confirm(restore.Id);
        var before = TreeSnapshot.Of(StateFolder.Of(Sample.Context));

        Assert.Equal(RestoreConfirmation.Confirmed, Confirm(byId ? restore.Id : null).Confirmation);

        Assert.Empty(TreeSnapshot.Of(StateFolder.Of(Sample.Context)).Differences(before));
    }

    [Fact]
    public async Task Of_two_guards_at_once_one_undoes_and_both_end()
    {
        var restore = RestoreGuarded();
        Sample.Clock.Advance(Within);

        await Task.WhenAll(StandGuard(restore.Id), StandGuard(restore.Id), StandGuard(null));

        Assert.Equal("before\n", Config);
        Assert.Equal([restore.Id], new RestoreCatalog(Sample.Context).List().Where(each => each.State == RestoreState.Undone).Select(each => each.Id));
        Assert.Equal(2, new RestoreCatalog(Sample.Context).List().Length);
    }

    [Fact]
    public async Task Of_a_word_and_a_guard_at_once_one_decides()
    {
        var checkpoint = Take();
        for (var round = 0; round < 5; round++)
        {
            Sample.Write(SampleDeployment.Config, "before\n");
            var restore = Restore(checkpoint, Guarded);
            Sample.Clock.Advance(Within);
            var guard = StandGuard(restore.Id);
            var word = await Xunit.Record.ExceptionAsync(() => Task.Run(() => Confirm(restore.Id)));
            await guard;

            var isConfirmed = word is null;
            Assert.Equal(isConfirmed ? RestoreConfirmation.Confirmed : RestoreConfirmation.Missed, Info(restore.Id).Confirmation);
            Assert.Equal(isConfirmed, Config != "before\n");
            Sample.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task After_the_guard_has_undone_it_confirming_is_refused()
    {
        var restore = RestoreGuarded();
        Sample.Clock.Advance(Within);
        await StandGuard(null);

        foreach (var id in new[] { restore.Id, null })
        {
            var refusal = Assert.Throws<HxException>(() => Confirm(id));
            Assert.Same(GuardErrors.NotConfirmable, refusal.Id);
            Assert.Equal(restore.Id, refusal.Target);
            Assert.Contains("its guard has undone it", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_nothing_waits_there_is_nothing_to_confirm()
    {
        Assert.Same(GuardErrors.NotGuarded, Assert.Throws<HxException>(() => Confirm(null)).Id);
        Assert.Same(RestoreErrors.NotFound, Assert.Throws<HxException>(() => Confirm("restore-20200101T000000Z")).Id);

        var unguarded = RestoreGuarded(FilesOnly);

        Assert.Null(unguarded.ConfirmByUtc);
        Assert.Same(GuardErrors.NotGuarded, Assert.Throws<HxException>(() => Confirm(unguarded.Id)).Id);
    }

    [Fact]
    public void No_other_restore_begins_while_one_waits_but_its_own_undo()
    {
        var first = RestoreGuarded(FilesOnly);
        Sample.Clock.Advance(TimeSpan.FromSeconds(1));
        var waiting = RestoreGuarded();
        var plan = Plan(new CheckpointCatalog(Sample.Context).Find(first.SafetyCheckpoint), FilesOnly);

        foreach (var refused in new Func<RestoreResult>[] { () => Run(plan), () => Undo(first.Id) })
        {
            var refusal = Assert.Throws<HxException>(refused);
            Assert.Same(GuardErrors.Awaited, refusal.Id);
            Assert.Equal(waiting.Id, refusal.Target);
        }

        Assert.Equal(RestoreOutcome.Restored, Undo(waiting.Id).Outcome);
        Assert.Equal("before\n", Config);
        Assert.Equal((RestoreState.Undone, RestoreConfirmation.None, waiting.ConfirmByUtc), Standing(waiting.Id));
        Assert.Same(GuardErrors.NotConfirmable, Assert.Throws<HxException>(() => Confirm(waiting.Id)).Id);
    }

    [Fact]
    public async Task Who_brings_an_undone_restore_back_has_given_his_word()
    {
        var restore = RestoreGuarded();
        var guard = StandGuard(restore.Id);
        var undo = Undo(restore.Id);
        await guard;
        Sample.Clock.Advance(Within);

        Undo(undo.Id);
        Assert.Empty(await Guard.WatchAsync(null, Events, CancellationToken.None));

        Assert.StartsWith("model_list", Config, StringComparison.Ordinal);
        Assert.Equal((RestoreState.Restored, RestoreConfirmation.None, restore.ConfirmByUtc), Standing(restore.Id));
    }

    [Fact]
    public void A_restore_that_goes_back_by_itself_needs_no_word()
    {
        using var gate = GateOnPort(isOpen: false);

        var result = RestoreGuarded(WithGate with { Switches = RestoreSwitches.NoServices, ConfirmWithin = Within });

        Assert.Equal((RestoreOutcome.RolledBack, null), (result.Outcome, result.ConfirmByUtc));
        Assert.Equal((RestoreState.RolledBack, RestoreConfirmation.None), (Info(result.Id).State, Info(result.Id).Confirmation));
        Assert.Same(GuardErrors.NotConfirmable, Assert.Throws<HxException>(() => Confirm(result.Id)).Id);
        Assert.Equal(RestoreOutcome.Restored, Restore(new CheckpointCatalog(Sample.Context).Find(result.Checkpoint)).Outcome);
    }

    [Theory]
    [InlineData("/nowhere/hxops")]
    [InlineData("/bin/true")]
    [InlineData("/bin/false")]
    public void A_guard_that_cannot_be_started_is_a_refusal_and_nothing_changes(string program)
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "before\n");
        Sample.HxopsCommand = [program];
        var services = Record();

        var refusal = Assert.Throws<HxException>(() => Restore(checkpoint, WithUnits with { ConfirmWithin = Within }));

        Assert.Same(GuardErrors.Unavailable, refusal.Id);
        Assert.Equal(program, refusal.Target);
        Assert.Equal("before\n", Config);
        Assert.Empty(services.Calls);
        Assert.Empty(Safeties());
        Assert.Empty(new RestoreCatalog(Sample.Context).List());
    }

    [Fact]
    public void A_guard_without_its_execute_bit_is_told_with_the_way_to_mend_it_before_a_safety_checkpoint_is_taken()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "before\n");
        var program = Sample.Root.Locate("/hxops");
        File.WriteAllText(program, "#!/bin/sh\n");
        Sample.HxopsCommand = [program];

        var refusal = Assert.Throws<HxException>(() => Restore(checkpoint, WithUnits with { ConfirmWithin = Within }));

        Assert.Same(GuardErrors.Unavailable, refusal.Id);
        Assert.Contains($"chmod +x {program}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("before\n", Config);
        Assert.Empty(Safeties());
    }

    [Fact]
    public void The_guard_is_armed_before_anything_changes()
    {
        var services = Record();
        var armed = new List<RestoreConfirmation>();
        services.OnCall = _ => armed.Add(new RestoreCatalog(Sample.Context).List()[0].Confirmation);

        RestoreGuarded(WithUnits with { ConfirmWithin = Within });

        Assert.NotEmpty(armed);
        Assert.All(armed, confirmation => Assert.Equal(RestoreConfirmation.Awaited, confirmation));
    }

    [Fact]
    public async Task The_guard_asks_no_gate_and_brings_the_files_back_even_when_a_unit_does_not_start()
    {
        var services = Record();
        var restore = RestoreGuarded(WithUnits with { ConfirmWithin = Within });
        using var gate = GateOnPort(isOpen: false);
        services.Broken.Add(Gateway);
        var calls = services.Calls.Count;
        Sample.Clock.Advance(Within);

        await StandGuard(restore.Id);

        Assert.Equal("before\n", Config);
        Assert.Equal(["stop " + Gateway, "reload", "start " + Gateway], services.Calls.Skip(calls));
        Assert.Equal(RestoreConfirmation.Missed, Info(restore.Id).Confirmation);
        Assert.Contains(Events.Warnings, warning => warning.Id == RestoreOutcomeErrors.Unproven.Name);
    }

    [Fact]
    public async Task The_guard_leaves_the_units_alone_when_the_restore_did()
    {
        var services = Record();
        RestoreGuarded();
        Sample.Clock.Advance(Within);

        await StandGuard(null);

        Assert.Equal("before\n", Config);
        Assert.Empty(services.Calls);
    }

    [Fact]
    public async Task The_guard_waits_for_whoever_holds_the_deployment_and_never_steals_it()
    {
        var restore = RestoreGuarded();
        Sample.Clock.Advance(Within);
        Task guard;
        using (Sample.Lock())
        {
            guard = StandGuard(restore.Id);
            Assert.NotSame(guard, await Task.WhenAny(guard, Task.Delay(TimeSpan.FromSeconds(1))));
            Assert.StartsWith("model_list", Config, StringComparison.Ordinal);
        }

        await guard;

        Assert.Equal("before\n", Config);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-86400 * 365)]
    public async Task A_clock_that_is_set_back_gives_no_more_time_than_was_granted(int seconds)
    {
        var restore = RestoreGuarded();
        var clock = new SteppedClock { Now = Sample.Clock.Now };
        var guard = Task.Run(() => new RestoreGuard(Sample.Context with { Clock = clock }).WatchAsync(restore.Id, Events, CancellationToken.None));
        await Eventually.HoldsAsync(() => clock.Looks > 3, "the guard waits");
        clock.Now += TimeSpan.FromSeconds(seconds);

        clock.Passed += Within - TimeSpan.FromMilliseconds(1);
        Assert.NotSame(guard, await Task.WhenAny(guard, Task.Delay(TimeSpan.FromSeconds(1))));
        clock.Passed += TimeSpan.FromMilliseconds(1);
        await guard;

        Assert.Equal("before\n", Config);
        Assert.Equal(RestoreConfirmation.Missed, Info(restore.Id).Confirmation);
    }

    [Fact]
    public async Task A_guard_that_cannot_look_tries_again_and_goes_on()
    {
        var restore = RestoreGuarded();
        var guard = Guard.WatchAsync(restore.Id, Events, CancellationToken.None); // Has looked once when it gives its task.
        var broken = Directory.CreateDirectory(Path.Combine(StateFolder.Of(Sample.Context), "restores", "restore-20200101T000000Z")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "journal.jsonl"), "no record\nand another\n");

        await Eventually.HoldsAsync(() => guard.IsCompleted || Events.Warnings.Any(warning => warning.Id == GuardErrors.UndoFailed.Name), "it could not look");
        Directory.Delete(broken, recursive: true);
        Sample.Clock.Advance(Within);
        await guard;

        Assert.Equal("before\n", Config);
    }

    [Fact]
    public async Task A_guard_that_gives_up_says_so_whatever_kept_it_from_its_work()
    {
        var restore = RestoreGuarded();
        var safety = new CheckpointCatalog(Sample.Context).Find(restore.SafetyCheckpoint).Path;
        File.Delete(safety);
        Sample.Clock.Advance(Within);

        var failure = await Assert.ThrowsAsync<HxException>(() => new RestoreGuard(Sample.Context with { Clock = new Hurried(Sample.Clock) }).WatchAsync(restore.Id, Events, CancellationToken.None));

        Assert.Same(GuardErrors.UndoFailed, failure.Id);
        Assert.Equal(restore.Id, failure.Target);
        Assert.Contains(restore.SafetyCheckpoint!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_that_fails_is_tried_again()
    {
        var restore = RestoreGuarded();
        var safety = new CheckpointCatalog(Sample.Context).Find(restore.SafetyCheckpoint).Path;
        File.Move(safety, safety + ".away");
        Sample.Clock.Advance(Within);
        var guard = StandGuard(restore.Id);

        await Eventually.HoldsAsync(() => Events.Warnings.Any(warning => warning.Id == GuardErrors.UndoFailed.Name), "the first try has failed");
        File.Move(safety + ".away", safety);
        await guard;

        Assert.Equal("before\n", Config);
        Assert.Equal(RestoreConfirmation.Missed, Info(restore.Id).Confirmation);
    }

    [Fact]
    public async Task Where_somebody_has_brought_the_files_back_by_hand_the_guard_ends_as_well()
    {
        var checkpoint = Take();
        var time = new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        WriteBefore();
        Sample.Clock.Advance(TimeSpan.FromSeconds(1));
        var restore = Restore(checkpoint, Guarded);
        WriteBefore();
        Sample.Clock.Advance(Within);

        await StandGuard(null);

        Assert.Equal("before\n", Config);
        Assert.Equal(RestoreConfirmation.Missed, Info(restore.Id).Confirmation);
        Assert.Single(new RestoreCatalog(Sample.Context).List());

        void WriteBefore()
        {
            Sample.Write(SampleDeployment.Config, "before\n");
            File.SetLastWriteTimeUtc(Sample.Local(SampleDeployment.Config), time);
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData((24 * 3600) + 1)]
    public void A_time_that_nobody_could_keep_is_a_mistake_of_usage(int seconds)
    {
        var refusal = Assert.Throws<HxException>(() => Plan(Take(), FilesOnly with { ConfirmWithin = TimeSpan.FromSeconds(seconds) }));

        Assert.Same(GuardErrors.SpanUnsuitable, refusal.Id);
        Assert.Equal(2, (int)refusal.Id.ExitCode);
    }

    [Theory]
    [InlineData(10, "10s")]
    [InlineData(300, "5m")]
    [InlineData(24 * 3600, "24h")]
    public void The_plan_tells_of_the_guard(int seconds, string words)
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "before\n");

        var lines = Plan(checkpoint, FilesOnly with { ConfirmWithin = TimeSpan.FromSeconds(seconds) }).Describe();

        Assert.Contains($"- set a guard, which undoes this unless it is confirmed within {words}", lines);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain(Plan(checkpoint, FilesOnly).Describe(), line => line.Contains("guard", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_nothing_to_change_needs_no_guard()
    {
        var result = Restore(Take(), Guarded);

        Assert.Equal((RestoreOutcome.AlreadyThere, null), (result.Outcome, result.ConfirmByUtc));
        Assert.Empty(new RestoreCatalog(Sample.Context).List());
    }

    [Fact]
    public void The_checkpoint_that_the_guard_would_need_is_not_pruned()
    {
        var restore = RestoreGuarded();
        Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        Take(CheckpointKind.Safety);

        RetentionDecision Decide() => new CheckpointPruner(Sample.Context).Plan(new RetentionRules { Last = 1 }).Single(decision => decision.Id == restore.SafetyCheckpoint);

        Assert.True(Decide().Keep);
        Confirm(restore.Id);
        Assert.False(Decide().Keep);
    }

    private (RestoreState State, RestoreConfirmation Confirmation, DateTimeOffset? ByUtc) Standing(string id)
    {
        var restore = Info(id);
        return (restore.State, restore.Confirmation, restore.ConfirmByUtc);
    }

    /// <summary>A clock of which the test sets both what it shows and what has passed.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private int _looks;

        internal DateTimeOffset Now { get; set; }

        internal TimeSpan Passed { get; set; }

        internal int Looks => _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _looks);
            return Now;
        }
    }

    /// <summary>A clock whose pauses are over at once.</summary>
    private sealed class Hurried(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
