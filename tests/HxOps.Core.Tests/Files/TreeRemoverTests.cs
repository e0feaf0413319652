using HxOps.Errors;
using HxOps.Files;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class TreeRemoverTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_goes_with_all_below_it_whatever_its_names_are()
    {
        Bash.Run(_folder.Path, "mkdir -p tree/a/b/c tree/empty; touch tree/a/b/c/f \"tree/$(printf 'caf\\351')\" tree/-x; mkfifo tree/pipe; seq 3000 | sed s:^:tree/a/: | xargs touch");

        TreeRemover.Remove(_folder["tree"]);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_link_goes_and_what_it_points_to_stays()
    {
        Bash.Run(_folder.Path, "mkdir kept tree; touch kept/file; ln -s ../kept tree/link; ln -s kept link");

        TreeRemover.Remove(_folder["tree"]);
        TreeRemover.Remove(_folder["link"]);

        Assert.Equal([_folder["kept"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.True(File.Exists(_folder["kept/file"]));
    }

    [Fact]
    public void Nothing_there_is_as_good()
    {
        TreeRemover.Remove(_folder["nothing"]);
        TreeRemover.Remove(_folder["nothing/deeper"]);
    }

    [SkippableFact]
    public void What_cannot_be_removed_is_named()
    {
        Skip.If(Environment.IsPrivilegedProcess, "needs an ordinary user");
        Bash.Run(_folder.Path, "mkdir -p tree/closed; touch tree/closed/file; chmod 500 tree/closed");

        var failure = Assert.Throws<HxException>(() => TreeRemover.Remove(_folder["tree"]));

        Assert.Equal(_folder["tree"], failure.Target);
        Bash.Run(_folder.Path, "chmod 700 tree/closed");
    }
}
