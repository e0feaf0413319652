using HxOps.Files;
using HxOps.Restoring;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>Names such as <c>lib-x</c> and <c>lib.d</c>, which in the order of bytes come between the folder <c>lib</c> and what it holds.</summary>
public sealed class RestoreTreeOrderTests : RestoreBench
{
    private const string Lib = SampleDeployment.Tests + "/lib";
    private static readonly RestoreOptions Mirror = FilesOnly with { Switches = FilesOnly.Switches | RestoreSwitches.Mirror };

    [Fact]
    public void A_folder_comes_before_all_below_it_and_that_before_its_neighbours()
    {
        string[] paths = ["/a", "/a/b", "/a/b/c", "/a/b!", "/a/b-x/c", "/a\t", "/a-", "/a.d", "/aa"];

        Assert.Equal(paths, paths.Reverse().Order(PathOrder.ParentsFirst));
    }

    [Fact]
    public void An_undo_removes_folders_with_neighbours_of_such_names()
    {
        Sample.Write(Lib + "/y", "y");
        Sample.Write(Lib + "-x/z", "z");
        Sample.Write(Lib + ".d/deep/z", "z");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Tests), "rm -r lib lib-x lib.d");
        var before = TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests));
        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);

        Assert.Equal(RestoreOutcome.Restored, Undo(null).Outcome);

        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests)).Differences(before));
    }

    [Fact]
    public void Mirroring_removes_folders_with_neighbours_of_such_names()
    {
        var checkpoint = Take();
        Sample.Write(Lib + "/y", "y");
        Sample.Write(Lib + "-x/z", "z");

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint, Mirror).Outcome);

        Assert.False(Directory.Exists(Sample.Local(Lib)));
        Assert.False(Directory.Exists(Sample.Local(Lib + "-x")));
    }

    [Fact]
    public void Nothing_is_looked_at_through_a_link_that_stands_in_for_a_folder()
    {
        Sample.Write(Lib + "/y", "y");
        Sample.Write(Lib + "-x/z", "z");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Tests), $"mv lib '{Sample.Outside}/lib' && ln -s '{Sample.Outside}/lib' lib && rm -r lib-x");

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);

        Assert.Null(new DirectoryInfo(Sample.Local(Lib)).LinkTarget);
        Assert.Equal("y", Sample.Read(Lib + "/y"));
        Assert.Equal("z", Sample.Read(Lib + "-x/z"));
    }

    [Fact]
    public async Task All_that_can_differ_between_two_trees_is_restored_undone_and_done_again()
    {
        using var trees = await TwoTrees.CreateAsync(50);
        Assert.Equal(RestoreOutcome.Restored, (await trees.RestoreAsync(trees.First)).Outcome);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));

        Assert.Equal(RestoreOutcome.Restored, (await trees.UndoAsync()).Outcome);
        Assert.Empty(trees.Now().Differences(trees.SecondTree));

        Assert.Equal(RestoreOutcome.Restored, (await trees.RestoreAsync(trees.First)).Outcome);
        Assert.Empty(trees.Now().Differences(trees.FirstTree));
    }
}
