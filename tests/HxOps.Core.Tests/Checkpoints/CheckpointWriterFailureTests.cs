using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

/// <summary>A checkpoint that cannot be taken is a clear error, and nothing of it stays.</summary>
public sealed class CheckpointWriterFailureTests : CheckpointBench
{
    [Fact]
    [Trait("Behaviour", "C-21")]
    [Trait("Behaviour", "C-22")]
    public void C_21_C_22_each_missing_required_path_is_named_and_nothing_is_made()
    {
        Directory.Delete(Sample.Local(SampleDeployment.Scripts), recursive: true);
        File.Delete(Sample.Local(SampleDeployment.Config));

        var failure = Assert.Throws<HxException>(() => Take());

        Assert.Equal(CheckpointErrors.RequiredPathMissing, failure.Id);
        Assert.Contains(SampleDeployment.Scripts, failure.Message, StringComparison.Ordinal);
        Assert.Contains(SampleDeployment.Config, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [Fact]
    [Trait("Behaviour", "C-22")]
    public void C_22_units_are_required_by_pattern()
    {
        foreach (var unit in Directory.GetFileSystemEntries(Sample.Local(SampleDeployment.Units), "hx-*"))
            Bash.Run("/", $"rm -r '{unit}'");

        Assert.Contains("/etc/systemd/system/hx-*gateway*", Assert.Throws<HxException>(() => Take()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SampleDeployment.Units, "hx-gateway-\\xff.service")]
    [InlineData(SampleDeployment.Tests, "\\xff.sh")]
    public void A_name_that_no_text_can_hold_is_told_of_wherever_it_lies(string folder, string name)
    {
        Bash.Run(Sample.Local(folder), $"touch $'{name}'");

        var checkpoint = Take();
        Bash.Run(Sample.Local(folder), $"rm $'{name}'"); // The runtime cannot.

        Assert.Equal("its name is not valid UTF-8", Assert.Single(Verify(checkpoint).Manifest.Skipped).Reason);
        Assert.Single(Events.Warnings, warning => warning.Id == "NotCaptured");
    }

    [Fact]
    public async Task A_pipe_where_a_package_describes_itself_holds_nobody_up()
    {
        Bash.Run(Sample.Local(SampleDeployment.Venv), "mkdir lib/python3.12/site-packages/odd-1.dist-info; mkfifo lib/python3.12/site-packages/odd-1.dist-info/METADATA");

        var failure = await Assert.ThrowsAsync<HxException>(() => Task.Run(() => Take()).WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.Equal(SampleDeployment.Venv, failure.Target);
        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [Fact]
    public void What_could_not_be_read_back_is_refused_before_it_is_taken()
    {
        Bash.Run(Sample.Local(SampleDeployment.Tests), "truncate -s 70G sparse; ln sparse another");

        foreach (var refused in new Action[] { () => Take(), () => new CheckpointWriter(Sample.Context).Plan() })
        {
            var refusal = Assert.Throws<HxException>(refused);
            Assert.Equal(("CheckpointTooLarge", ExitCode.Refused), (refusal.Id.Name, refusal.Id.ExitCode));
            Assert.Contains(SampleDeployment.Tests, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [Fact]
    public void Two_files_for_one_place_are_refused()
    {
        Sample.Write("/opt/other/config.yaml", "x");
        var first = Sample.Deployment.Components[0];
        Sample.Deployment = Sample.Deployment with
        {
            Components = [first with { Sources = [.. first.Sources, new FileSource("/opt/other/config.yaml", Presence.Optional)] }, .. Sample.Deployment.Components.Skip(1)],
        };

        Assert.Equal(CheckpointErrors.PlaceTaken, Assert.Throws<HxException>(() => Take()).Id);
        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [SkippableFact]
    public void An_unreadable_file_fails_and_leaves_nothing_behind()
    {
        Skip.If(Environment.IsPrivilegedProcess, "root can read everything");
        File.SetUnixFileMode(Sample.Local(SampleDeployment.Config), UnixFileMode.None);

        var failure = Assert.Throws<HxException>(() => Take());

        Assert.Equal(CommonErrors.AccessDenied, failure.Id);
        Assert.Equal(SampleDeployment.Config, failure.Target);
        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [SkippableFact]
    public void A_full_disk_fails_with_DiskFull_and_leaves_nothing_behind()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root to mount a small file system");
        Directory.CreateDirectory(Sample.BackupFolder);
        Skip.If(Bash.Try("/", $"mount -t tmpfs -o size=1m tmpfs '{Sample.BackupFolder}'").ExitCode != 0, "this machine does not let root mount");
        try
        {
            var content = new byte[5_000_000];
            new Random(6).NextBytes(content);
            File.WriteAllBytes(Sample.Local(SampleDeployment.Tests + "/large.bin"), content);

            var failure = Assert.Throws<HxException>(() => Take());

            Assert.Equal(CommonErrors.DiskFull, failure.Id);
            Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{Sample.BackupFolder}'");
        }
    }

    [Fact]
    public void Stopping_leaves_nothing_behind()
    {
        using var lease = Sample.Lock();
        using var stop = new CancellationTokenSource();
        var stopping = new StopAtFirstProgress(stop);

        Assert.ThrowsAny<OperationCanceledException>(() => new CheckpointWriter(Sample.Context)
            .WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, stopping, stop.Token).GetAwaiter().GetResult());

        Assert.Empty(Directory.GetFiles(Sample.BackupFolder));
    }

    [Fact]
    public void What_a_killed_writer_left_is_cleared_away()
    {
        Directory.CreateDirectory(Sample.BackupFolder);
        File.WriteAllText(Path.Combine(Sample.BackupFolder, ".hxops-0123456789abcdef.tmp"), "half an archive");

        Take();

        Assert.Single(Directory.GetFiles(Sample.BackupFolder));
    }

    private sealed class StopAtFirstProgress(CancellationTokenSource stop) : IProgress<HxEvent>
    {
        public void Report(HxEvent value)
        {
            if (value is ProgressEvent)
                stop.Cancel();
        }
    }
}
