using HxOps.Errors;
using HxOps.Files;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Files;

/// <summary>Invariant 1: a file under its final name is whole.</summary>
public sealed class DurableFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_under_the_final_name_before_the_commit_and_all_of_it_after()
    {
        using var file = DurableFile.Create(_folder["a"], Private);
        file.Content.Write("half"u8);
        Assert.False(File.Exists(_folder["a"]));
        file.Content.Write(" and half"u8);

        file.Commit();

        Assert.Equal("half and half", File.ReadAllText(_folder["a"]));
        Assert.Equal(["a"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void An_older_file_stays_until_the_commit()
    {
        File.WriteAllText(_folder["a"], "old");
        using (var file = DurableFile.Create(_folder["a"], Private))
            file.Content.Write("new"u8);

        Assert.Equal("old", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_file_is_never_wider_than_its_final_mode_whatever_the_umask()
    {
        using var file = DurableFile.Create(_folder["a"], (UnixFileMode)0x1B6); // 666
        Assert.Equal(Private, File.GetUnixFileMode(Directory.GetFiles(_folder.Path).Single()));

        file.Commit();

        Assert.Equal((UnixFileMode)0x1B6, File.GetUnixFileMode(_folder["a"]));
    }

    [Fact]
    public void A_text_has_no_byte_order_mark()
    {
        DurableFile.WriteAllText(_folder["a"], "ü", Private);
        Assert.Equal("ü"u8.ToArray(), File.ReadAllBytes(_folder["a"]));
    }

    [Fact]
    public void A_missing_folder_is_a_clear_failure()
    {
        var failure = Assert.Throws<HxException>(() => DurableFile.WriteAllText(_folder["none/a"], "x", Private));
        Assert.Equal((CommonErrors.PathNotFound, _folder["none/a"]), (failure.Id, failure.Target));
    }

    [SkippableTheory]
    [InlineData("size=4k", "DiskFull")]
    [InlineData("ro", "ReadOnlyTarget")]
    public void What_the_file_system_refuses_has_its_own_id(string options, string error)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root to mount a file system");
        Directory.CreateDirectory(_folder["m"]);
        Skip.If(Bash.Try("/", $"mount -t tmpfs -o {options} tmpfs '{_folder["m"]}'").ExitCode != 0, "this machine does not let root mount");
        try
        {
            var failure = Assert.Throws<HxException>(() => DurableFile.WriteAllBytes(_folder["m/a"], new byte[100_000], Private));
            Assert.Equal(error, failure.Id.Name);
            Assert.Empty(Directory.GetFiles(_folder["m"]));
        }
        finally
        {
            Bash.Run("/", $"umount --lazy '{_folder["m"]}'");
        }
    }
}
