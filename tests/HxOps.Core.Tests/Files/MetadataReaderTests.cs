using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class MetadataReaderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly MetadataReader _reader = new(new AccountDirectory());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mode_time_size_and_links_are_read_exactly()
    {
        Bash.Run(_folder.Path, "printf 12345 > a; chmod 4751 a; ln a b; touch -d '1969-12-31 23:59:58.5 UTC' a");

        var found = _reader.Read(_folder["a"]);

        Assert.Equal((FileKind.File, 0x9E9, 5L, -1_500_000_000L, 2L), (found.Kind, found.Mode, found.Size, found.ModifiedNanoseconds, found.LinkCount));
        Assert.Equal(found.Identity, _reader.Read(_folder["b"]).Identity);
        Assert.Equal(Environment.UserName, found.UserName);
    }

    [Fact]
    public void Links_are_not_followed_and_every_kind_is_known()
    {
        Bash.Run(_folder.Path, "ln -s nowhere/at/all link; mkdir dir; mkfifo pipe");

        Assert.Equal((FileKind.SymbolicLink, "nowhere/at/all"), (_reader.Read(_folder["link"]).Kind, _reader.Read(_folder["link"]).LinkTarget));
        Assert.Equal(FileKind.Directory, _reader.Read(_folder["dir"]).Kind);
        Assert.Equal(FileKind.Fifo, _reader.Read(_folder["pipe"]).Kind);
        Assert.Equal(FileKind.Device, _reader.Read("/dev/null").Kind);
        Assert.Null(_reader.TryRead(_folder["gone"]));
    }

    [SkippableFact]
    public void Extended_attributes_and_access_lists_are_read()
    {
        File.WriteAllText(_folder["a"], "");
        Skip.If(Bash.Try(_folder.Path, "setfattr -n user.note -v hello a && setfattr -n user.empty a").ExitCode != 0, "needs setfattr and a file system with attributes");

        var attributes = _reader.Read(_folder["a"]).ExtendedAttributes;
        Assert.Equal("hello"u8.ToArray(), attributes["user.note"]);
        Assert.Empty(attributes["user.empty"]);

        Skip.If(Bash.Try(_folder.Path, "setfacl -m u:daemon:r a").ExitCode != 0, "needs setfacl and a file system with access lists");
        Assert.NotEmpty(_reader.Read(_folder["a"]).ExtendedAttributes["system.posix_acl_access"]);
    }

    [Fact]
    public void Accounts_are_found_both_ways_and_unknown_ones_are_null()
    {
        var accounts = new AccountDirectory();

        Assert.Equal((0u, "root"), (accounts.UserId("root"), accounts.UserName(0)));
        Assert.Equal((0u, "root"), (accounts.GroupId("root"), accounts.GroupName(0)));
        Assert.Null(accounts.UserId("no-such-user-here"));
        Assert.Null(accounts.GroupName(3_999_999_999));
    }
}
