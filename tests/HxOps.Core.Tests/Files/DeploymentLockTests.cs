using System.Diagnostics;
using HxOps.Errors;
using HxOps.Files.Locking;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class DeploymentLockTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("hxops-lock-").FullName, "state");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void The_second_writer_is_told_who_holds_the_deployment_and_why()
    {
        using var lease = DeploymentLock.Acquire(_folder, "restore of gw-checkpoint-20250818T175013Z");

        var refusal = Assert.Throws<HxException>(() => DeploymentLock.Acquire(_folder, "another"));

        Assert.Same(DeploymentLock.Held, refusal.Id);
        Assert.Equal(ExitCode.Locked, refusal.Id.ExitCode);
        Assert.Contains($"process {Environment.ProcessId} (restore of gw-checkpoint-20250818T175013Z", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_released_lock_can_be_taken_again_and_names_nobody()
    {
        DeploymentLock.Acquire(_folder, "first").Dispose();
        Assert.Null(DeploymentLock.Holder(_folder));

        using var lease = DeploymentLock.Acquire(_folder, "second");
        Assert.Equal("second", DeploymentLock.Holder(_folder)?.Purpose);
    }

    [Fact]
    public void Children_do_not_keep_the_lock_of_a_parent()
    {
        Process child;
        using (DeploymentLock.Acquire(_folder, "parent"))
            child = Process.Start(new ProcessStartInfo("sleep", "60"))!;

        try
        {
            using var lease = DeploymentLock.Acquire(_folder, "after the parent");
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
            child.Dispose();
        }
    }

    [Fact]
    public void A_description_of_a_dead_process_blocks_nobody()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "lock"),
            $$"""{"ProcessId":1,"ProcessStart":-5,"HostName":"{{Environment.MachineName}}","Purpose":"restore","SinceUtc":"2025-08-18T17:50:13Z"}""");

        Assert.Null(DeploymentLock.Holder(_folder));
        using var lease = DeploymentLock.Acquire(_folder, "next");
        Assert.Equal(Environment.ProcessId, DeploymentLock.Holder(_folder)?.ProcessId);
    }

    [Fact]
    public void The_state_folder_and_the_lock_are_the_owners_alone()
    {
        using var lease = DeploymentLock.Acquire(_folder, "modes");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "lock")));
    }
}
