using HxOps.Files;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class ScratchRootTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void Only_its_owner_can_enter_and_it_goes_with_all_in_it()
    {
        string path;
        using (var scratch = ScratchRoot.Create(1000))
        {
            path = scratch.Path;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            File.WriteAllText(Path.Combine(path, "env"), "A=1\n");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void What_a_killed_process_left_goes_and_what_a_live_one_holds_stays()
    {
        using var live = ScratchRoot.Create(1000);
        var abandoned = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(live.Path)!, $"hxops-scratch-of-nobody-{Environment.ProcessId}"), Private).FullName;
        File.WriteAllText(Path.Combine(abandoned, "env"), "A=1\n");

        using var next = ScratchRoot.Create(1000);

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(live.Path));
    }

    [Fact]
    public void What_others_can_enter_or_another_user_owns_was_not_made_here_and_stays()
    {
        using var live = ScratchRoot.Create(1000);
        var open = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(live.Path)!, $"hxops-scratch-open-{Environment.ProcessId}")).FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(live.Path)!, $"hxops-scratch-foreign-{Environment.ProcessId}"), Private).FullName;
        if (Environment.IsPrivilegedProcess)
            Bash.Run("/", $"chown 65534 '{foreign}'");
        try
        {
            ScratchRoot.Create(1000).Dispose();

            Assert.True(Directory.Exists(open));
            Assert.Equal(Environment.IsPrivilegedProcess, Directory.Exists(foreign));
        }
        finally
        {
            Bash.Run("/", $"rm -rf '{open}' '{foreign}'");
        }
    }

    [Fact]
    public void What_does_not_fit_into_memory_goes_where_temporary_files_go()
    {
        using var scratch = ScratchRoot.Create(long.MaxValue);

        Assert.Equal(Path.GetTempPath().TrimEnd('/'), Path.GetDirectoryName(scratch.Path));
    }
}
