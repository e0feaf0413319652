using HxOps.Files;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class ScratchRootTests
{
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
        var abandoned = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(live.Path)!, $"hxops-scratch-of-nobody-{Environment.ProcessId}")).FullName;
        File.WriteAllText(Path.Combine(abandoned, "env"), "A=1\n");

        using var next = ScratchRoot.Create(1000);

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(live.Path));
    }

    [Fact]
    public void What_does_not_fit_into_memory_goes_where_temporary_files_go()
    {
        using var scratch = ScratchRoot.Create(long.MaxValue);

        Assert.Equal(Path.GetTempPath().TrimEnd('/'), Path.GetDirectoryName(scratch.Path));
    }
}
