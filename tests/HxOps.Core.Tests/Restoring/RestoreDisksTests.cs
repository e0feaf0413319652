using HxOps.Errors;
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
