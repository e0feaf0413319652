using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreTests : RestoreBench
{
    [Fact]
    [Trait("Behaviour", "C-30")]
    public void C_30_every_configuration_file_comes_back_in_bytes_and_metadata()
    {
        var before = Host();
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "broken: [", 0x180);

        var result = Restore(checkpoint);

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.Empty(Differences(Host(), before));
        Assert.Equal(ExitCode.Done, result.ExitCode);
    }

    [Fact]
    [Trait("Behaviour", "C-27")]
    public async Task C_27_the_safety_checkpoint_is_durable_before_anything_changes()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var config = Sample.Local(SampleDeployment.Config);
        var plan = Plan(checkpoint, FilesOnly);
        var staged = 0;
        var events = new Watch(() =>
        {
            if (Safeties().IsEmpty)
                Assert.Equal(["config.yaml"], Directory.GetFileSystemEntries(Path.GetDirectoryName(config)!).Select(Path.GetFileName));
            else
                staged++;
        });

        await new RestoreRunner(Sample.Context).RunAsync(plan, events, CancellationToken.None);

        Assert.True(staged > 0);
        var safety = Assert.Single(Safeties());
        Assert.StartsWith("pre-restore-", safety.Id, StringComparison.Ordinal);
        Assert.Equal("changed", File.ReadAllText(Path.Combine(Extract(safety), "config/config.yaml")));
    }

    [Fact]
    [Trait("Behaviour", "C-28")]
    public void C_28_the_safety_checkpoint_holds_files_and_units()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Restore(checkpoint);

        var snapshot = Extract(Assert.Single(Safeties()));

        Assert.True(File.Exists(Path.Combine(snapshot, "config/config.yaml")));
        Assert.True(File.Exists(Path.Combine(snapshot, "systemd/hx-litellm-gateway.service")));
    }

    [Fact]
    [Trait("Behaviour", "C-25"), Trait("Behaviour", "C-26")]
    public void C_25_and_C_26_without_a_name_the_newest_is_restored_and_with_one_that_one()
    {
        Sample.Write(SampleDeployment.Config, "first");
        var first = Take();
        Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        Sample.Write(SampleDeployment.Config, "second");
        Take();
        Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        Sample.Write(SampleDeployment.Config, "third");
        var catalog = new CheckpointCatalog(Sample.Context);

        Restore(catalog.Find(null));
        Assert.Equal("second", Sample.Read(SampleDeployment.Config));

        Restore(catalog.Find(first.Path));
        Assert.Equal("first", Sample.Read(SampleDeployment.Config));
    }

    [Fact]
    [Trait("Behaviour", "C-40")]
    public void C_40_a_second_restore_finds_nothing_to_change_and_takes_no_safety_checkpoint()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);

        var again = Restore(checkpoint);

        Assert.Equal(RestoreOutcome.AlreadyThere, again.Outcome);
        Assert.Equal(0, again.Changed);
        Assert.Single(Safeties());
    }

    [Fact]
    [Trait("Behaviour", "C-41")]
    public void C_41_folders_that_are_gone_are_made_again()
    {
        var before = Host();
        var checkpoint = Take();
        Directory.Delete(Sample.Local(SampleDeployment.Base + "/config"), recursive: true);
        Directory.Delete(Sample.Local(SampleDeployment.Base + "/scripts"), recursive: true);

        Restore(checkpoint);

        Assert.Equal("#!/bin/sh\nexit 0\n", Sample.Read(SampleDeployment.Scripts + "/stop.sh"));
        Assert.DoesNotContain(before.Differences(Host()), difference => difference.Contains("config.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_changes_no_byte_no_time_and_makes_no_state_folder()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Directory.Delete(Path.Combine(Sample.BackupFolder, ".hxops"), recursive: true);
        var before = TreeSnapshot.Of(Sample.Root.Folder);

        var plan = Plan(checkpoint, FilesOnly);

        Assert.Empty(TreeSnapshot.Of(Sample.Root.Folder).Differences(before));
        Assert.Contains(plan.Describe(), line => line.Contains("replace", StringComparison.Ordinal) && line.Contains(SampleDeployment.Config, StringComparison.Ordinal));
        Assert.All(plan.Describe(), line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
    }

    [SkippableFact]
    public void Listing_and_planning_leave_the_times_of_last_access_of_all_files()
    {
        Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Bash.Run(Sample.Root.Folder, "find . -type f -exec touch -a -d 2001-02-03 {} +");
        var before = AccessTimes();

        Plan(new CheckpointCatalog(Sample.Context).Find(null), FilesOnly);

        Assert.Equal(before, AccessTimes());
        Sample.Read(SampleDeployment.Unit);
        Skip.If(before == AccessTimes(), "needs a file system that keeps times of last access");
    }

    [Fact]
    public void A_path_that_changed_since_the_plan_is_a_refusal()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var plan = Plan(checkpoint, FilesOnly);
        Sample.Write(SampleDeployment.Config, "changed again");

        var refusal = Assert.Throws<HxException>(() => Run(plan));

        Assert.Same(RestoreErrors.Drifted, refusal.Id);
        Assert.Equal(SampleDeployment.Config, refusal.Target);
        Assert.Equal("changed again", Sample.Read(SampleDeployment.Config));
        Assert.Empty(Safeties());
    }

    [Fact]
    public void Only_the_chosen_component_is_restored()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Sample.Write(SampleDeployment.Scripts + "/start.sh", "changed");

        Restore(checkpoint, FilesOnly with { Components = ["service-scripts"] });

        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
        Assert.StartsWith("#!", Sample.Read(SampleDeployment.Scripts + "/start.sh"), StringComparison.Ordinal);
        var refusal = Assert.Throws<HxException>(() => Plan(checkpoint, FilesOnly with { Components = ["scripts"] }));
        Assert.Same(RestoreErrors.ComponentUnknown, refusal.Id);
        Assert.Contains("service-scripts", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mirroring_removes_what_the_checkpoint_lacks_and_nothing_outside_the_sources()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.ProxySettings, "recorded as absent");
        Sample.Write(SampleDeployment.Tests + "/more/deep.sh", "more");
        Sample.Write(SampleDeployment.Base + "/config/api-gateway/other.yaml", "no source covers it");

        Restore(checkpoint);
        Assert.True(File.Exists(Sample.Local(SampleDeployment.ProxySettings)));

        Restore(checkpoint, FilesOnly with { Switches = FilesOnly.Switches | RestoreSwitches.Mirror });

        Assert.False(File.Exists(Sample.Local(SampleDeployment.ProxySettings)));
        Assert.False(Directory.Exists(Sample.Local(SampleDeployment.Tests + "/more")));
        Assert.True(File.Exists(Sample.Local(SampleDeployment.Base + "/config/api-gateway/other.yaml")));
    }

    [Fact]
    public void Logs_are_evidence_and_never_written_back()
    {
        var checkpoint = Take();
        var log = SampleDeployment.Logs + "/gw-smoke-20250815.log";
        Sample.Write(log, "newer");
        Sample.Write(SampleDeployment.Config, "changed");

        Restore(checkpoint, FilesOnly with { Switches = FilesOnly.Switches | RestoreSwitches.Mirror });

        Assert.Equal("newer", Sample.Read(log));
    }

    [Fact]
    public void An_undo_brings_back_what_was_and_an_undo_of_the_undo_the_checkpoint()
    {
        var original = Host();
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "mine", 0x180);
        File.Delete(Sample.Local(SampleDeployment.Scripts + "/stop.sh"));
        Sample.Write(SampleDeployment.Tests + "/untouched.sh", "made since, and none of the restore's business");
        var mine = Host();
        var restored = Restore(checkpoint);

        var undone = Undo(null);
        Assert.Empty(Differences(Host(), mine));
        Assert.False(File.Exists(Sample.Local(SampleDeployment.Scripts + "/stop.sh")));
        Assert.Equal(RestoreState.Undone, new RestoreCatalog(Sample.Context).List().Single(restore => restore.Id == restored.Id).State);

        Undo(undone.Id);
        Assert.Empty(Differences(Host(), original));
        Assert.True(File.Exists(Sample.Local(SampleDeployment.Scripts + "/stop.sh")));
        Assert.Equal(RestoreState.Restored, new RestoreCatalog(Sample.Context).List().Single(restore => restore.Id == restored.Id).State);
        Assert.True(File.Exists(Sample.Local(SampleDeployment.Tests + "/untouched.sh")));
    }

    [Fact]
    public void A_folder_that_gave_way_to_a_file_comes_back_with_all_that_was_in_it()
    {
        Sample.Write(SampleDeployment.Tests + "/p", "a file");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Tests), "rm p && mkdir -p p/deep p-x && echo one > p/deep/one && ln -s deep p/link && chmod 640 p/deep/one");
        var before = TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests));

        Assert.Contains(Plan(checkpoint, FilesOnly).Changes, change => change is { Kind: PathChangeKind.Remove, HostPath: SampleDeployment.Tests + "/p/deep/one" });
        Restore(checkpoint);
        Assert.Equal("a file", Sample.Read(SampleDeployment.Tests + "/p"));
        Undo(null);

        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests)).Differences(before));
    }

    [Theory]
    [InlineData(SampleDeployment.Config)]
    [InlineData(SampleDeployment.Scripts + "/stop.sh")]
    public void What_is_written_while_a_restore_is_prepared_is_not_overwritten(string path)
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        File.Delete(Sample.Local(SampleDeployment.Scripts + "/stop.sh"));

        var refusal = Assert.Throws<HxException>(() => Run(Plan(checkpoint, FilesOnly), At("stage files", StepState.Succeeded, () => Sample.Write(path, "written meanwhile"))));

        Assert.Same(RestoreErrors.Drifted, refusal.Id);
        Assert.Equal(path, refusal.Target);
        Assert.Equal("written meanwhile", Sample.Read(path));
        Assert.Empty(new RestoreCatalog(Sample.Context).List());
        Assert.Empty(Directory.EnumerateFiles(Sample.Root.Folder, "*.hx-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_folder_whose_mode_changes_is_not_taken_for_one_that_somebody_changed_meanwhile()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Scripts + "/start.sh", "changed");
        File.SetUnixFileMode(Sample.Local(SampleDeployment.Scripts), (UnixFileMode)0x1C0);

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);
    }

    [Fact]
    public void An_undo_without_a_restore_is_refused_by_name()
    {
        Assert.Same(RestoreErrors.NotFound, Assert.Throws<HxException>(() => Undo(null)).Id);
        Assert.Same(RestoreErrors.NotFound, Assert.Throws<HxException>(() => Undo("restore-20250101T000000Z")).Id);
    }

    [Fact]
    public void A_cancellation_before_the_commit_leaves_the_host_as_it_was()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var before = Host();
        var plan = Plan(checkpoint, FilesOnly);
        using var stop = new CancellationTokenSource();
        var events = new Watch(value => value is HxOps.Reporting.StepEvent { Name: "stage files" }, stop.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => new RestoreRunner(Sample.Context).RunAsync(plan, events, stop.Token).GetAwaiter().GetResult());

        Assert.Empty(Host().Differences(before));
        Assert.Empty(new RestoreCatalog(Sample.Context).List());
        Assert.Empty(Safeties());
    }

    [Fact]
    public void A_cancellation_within_the_commit_takes_it_all_back()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Sample.Write(SampleDeployment.Scripts + "/start.sh", "changed");
        var before = Host();
        var plan = Plan(checkpoint, FilesOnly);
        using var stop = new CancellationTokenSource();
        var events = new Watch(value => value is HxOps.Reporting.ProgressEvent { Activity: "Bringing files into place" }, stop.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => new RestoreRunner(Sample.Context).RunAsync(plan, events, stop.Token).GetAwaiter().GetResult());

        Assert.Empty(Host().Differences(before));
        Assert.Equal("changed", Sample.Read(SampleDeployment.Scripts + "/start.sh"));
        Assert.Equal(RestoreState.RolledBack, Assert.Single(new RestoreCatalog(Sample.Context).List()).State);
    }

    [Fact]
    [Trait("Behaviour", "C-39")]
    public void C_39_a_damaged_archive_changes_nothing_and_says_what_to_do()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var bytes = File.ReadAllBytes(checkpoint.Path);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(checkpoint.Path, bytes);

        var failure = Assert.Throws<HxException>(() => Restore(checkpoint));

        Assert.Equal(ExitCode.VerificationFailed, failure.Id.ExitCode);
        Assert.NotEmpty(failure.Remedy);
        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
        Assert.Empty(Safeties());
    }

    [Fact]
    public void A_torn_last_line_of_a_journal_is_ignored_and_a_damaged_one_in_the_middle_is_nothing_to_undo_by()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var id = Restore(checkpoint).Id;
        var journal = Path.Combine(StateFolder.Of(Sample.Context), "restores", id, "journal.jsonl");
        var lines = File.ReadAllText(journal);
        File.AppendAllText(journal, "{\"sum\":\"0123");
        Assert.Equal(RestoreState.Restored, Assert.Single(new RestoreCatalog(Sample.Context).List()).State);

        File.WriteAllText(journal, lines.Replace("\"replace\"", "\"remove\"", StringComparison.OrdinalIgnoreCase));

        Assert.Same(RestoreErrors.JournalDamaged, Assert.Throws<HxException>(() => Undo(null)).Id);
        Assert.Equal(RestoreState.Restored, Assert.Single(new RestoreCatalog(Sample.Context).List()).State);
    }

    [Fact]
    public void A_damaged_journal_of_a_restore_that_has_ended_is_listed_as_such_and_blocks_nothing()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var journal = Path.Combine(StateFolder.Of(Sample.Context), "restores", Restore(checkpoint).Id, "journal.jsonl");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("\"begun\"", "\"bogus\"", StringComparison.Ordinal));

        var listed = Assert.Single(new RestoreCatalog(Sample.Context).List());

        Assert.Equal((RestoreState.Damaged, 1), (listed.State, listed.Changed));
        Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);
        Assert.False(new CheckpointPruner(Sample.Context).PlanRemoval([checkpoint])[0].Keep);
    }

    [Fact]
    public void A_journal_goes_when_the_safety_checkpoint_to_undo_by_is_gone_and_it_undoes_none_that_is_listed()
    {
        var checkpoint = Take();
        string restore()
        {
            Sample.Clock.Advance(TimeSpan.FromMinutes(1));
            Sample.Write(SampleDeployment.Config, "changed");
            return Restore(checkpoint).Id;
        }

        var (first, undone) = (restore(), restore());
        var undo = Undo(undone);
        File.Delete(Safeties().Single(safety => new RestoreCatalog(Sample.Context).List().Single(each => each.Id == first).SafetyCheckpoint == safety.Id).Path);
        File.Delete(Safeties().Single(safety => safety.Id == undo.SafetyCheckpoint).Path);
        var last = restore();

        Assert.Equal([last, undo.Id, undone], new RestoreCatalog(Sample.Context).List().Select(each => each.Id));
        Assert.Equal(RestoreState.Undone, new RestoreCatalog(Sample.Context).List()[2].State);
    }

    [Fact]
    public void A_file_whose_name_is_as_long_as_names_can_be_is_restored()
    {
        var longest = SampleDeployment.Tests + "/" + new string('n', 255);
        Sample.Write(longest, "before");
        var checkpoint = Take();
        Sample.Write(longest, "after");

        Restore(checkpoint);

        Assert.Equal("before", Sample.Read(longest));
    }

    [Fact]
    public void Staged_names_are_no_units_and_no_drop_ins()
    {
        foreach (var name in new[] { "hx-litellm-gateway.service", "override.conf", new string('x', 250) + ".conf" })
        {
            var staged = StagedName.Beside("/etc/" + name, "20250818T175013Z");
            Assert.StartsWith("/etc/.", staged, StringComparison.Ordinal);
            Assert.EndsWith(".hx-20250818T175013Z", staged, StringComparison.Ordinal);
            Assert.True(Path.GetFileName(staged).Length <= 255);
            Assert.True(StagedName.IsOne(Path.GetFileName(staged)));
        }

        Assert.False(StagedName.IsOne("config.yaml"));
    }

    private string AccessTimes() => Bash.Run(Sample.Root.Folder, "find . -type f -printf '%p %A+ %C+\\n' | sort");
}
