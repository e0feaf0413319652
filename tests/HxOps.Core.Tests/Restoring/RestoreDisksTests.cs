using HxOps.Checkpoints.Keeping;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreDisksTests : RestoreBench
{
    [SkippableFact]
    public void A_full_disk_changes_nothing_and_is_named()
    {
        var folder = Sample.Local(SampleDeployment.Scripts);
        Sample.Write(SampleDeployment.Scripts + "/large.bin", new string('x', 900_000));
        var checkpoint = Take();
        Mount("mount -t tmpfs -o size=1m none .", folder);
        try
        {
            Sample.Write(SampleDeployment.Scripts + "/start.sh", "on the small disk");
            Sample.Write(SampleDeployment.Scripts + "/filler", new string('y', 400_000));
            var before = TreeSnapshot.Of(folder);

            var failure = Assert.Throws<HxException>(() => Restore(checkpoint));

            Assert.Same(CommonErrors.DiskFull, failure.Id);
            Assert.Contains("Nothing was changed", failure.Remedy, StringComparison.Ordinal);
            Assert.Empty(TreeSnapshot.Of(folder).Differences(before));
            Assert.Empty(Safeties());
            Assert.Empty(new RestoreCatalog(Sample.Context).List());
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{folder}'");
        }
    }

    [SkippableFact]
    public void A_disk_of_the_backups_that_fills_up_while_the_gate_is_asked_stops_no_way_back()
    {
        GateOnPort(isOpen: false);
        var folder = Directory.CreateDirectory(Sample.BackupFolder).FullName;
        Mount("mount -t tmpfs -o size=1m none .", folder);
        try
        {
            var checkpoint = Take();
            Sample.Write(SampleDeployment.Config, "changed");
            var before = Host();
            Record();
            var full = "";
            var plan = Plan(checkpoint, WithGate);

            var result = Run(plan, At("test the gateway", StepState.Started, () => full = Bash.Try(folder, "cat /dev/zero > filler").Error));

            Assert.Contains("No space left", full, StringComparison.Ordinal);
            Assert.Equal(RestoreOutcome.RolledBack, result.Outcome);
            Assert.Empty(Differences(Host(), before));
            Assert.Equal(RestoreState.RolledBack, Assert.Single(new RestoreCatalog(Sample.Context).List()).State);
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{folder}'");
        }
    }

    [SkippableFact]
    public void A_full_disk_of_the_backups_keeps_nobody_from_making_room_there()
    {
        var folder = Directory.CreateDirectory(Sample.BackupFolder).FullName;
        Mount("mount -t tmpfs -o size=1m none .", folder);
        try
        {
            var old = Take();
            Sample.Clock.Advance(TimeSpan.FromMinutes(1));
            Take();
            Assert.Contains("No space left", Bash.Try(folder, "cat /dev/zero > filler").Error, StringComparison.Ordinal);

            using (var lease = Sample.Lock())
            {
                Assert.Same(DeploymentLock.Held, Assert.Throws<HxException>(Sample.Lock).Id);
                var pruner = new CheckpointPruner(Sample.Context);
                pruner.Remove(pruner.PlanRemoval([old])[0], lease);
            }

            Assert.False(File.Exists(old.Path));
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{folder}'");
        }
    }

    [SkippableFact]
    public void A_disk_of_the_backups_without_room_for_the_end_of_the_journal_changes_nothing()
    {
        var folder = Directory.CreateDirectory(Sample.BackupFolder).FullName;
        Mount("mount -t tmpfs -o size=1m none .", folder);
        try
        {
            var checkpoint = Take();
            Sample.Write(SampleDeployment.Config, "changed");
            var before = Host();
            var plan = Plan(checkpoint, FilesOnly);

            var failure = Assert.Throws<HxException>(() => Run(plan, At("stage files", StepState.Succeeded, () => Bash.Try(folder, "cat /dev/zero > filler"))));

            Assert.Same(CommonErrors.DiskFull, failure.Id);
            Assert.Empty(Differences(Host(), before));
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{folder}'");
        }
    }

    [SkippableFact]
    public void A_read_only_target_changes_nothing_and_is_named()
    {
        var folder = Sample.Local(SampleDeployment.Scripts);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Scripts + "/start.sh", "changed");
        Sample.Write(SampleDeployment.Config, "changed");
        Mount("mount --bind . . && mount -o remount,ro,bind .", folder);
        try
        {
            var before = TreeSnapshot.Of(folder);

            var failure = Assert.Throws<HxException>(() => Restore(checkpoint));

            Assert.Same(CommonErrors.ReadOnlyTarget, failure.Id);
            Assert.Empty(TreeSnapshot.Of(folder).Differences(before));
            Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{folder}'");
        }
    }

    private static void Mount(string command, string folder)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        using var mount = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        mount.WaitForExit();
        Skip.If(mount.ExitCode != 0, "needs the right to mount");
    }
}
