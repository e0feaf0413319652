using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointCatalogTests : CheckpointBench
{
    private CheckpointCatalog Catalog => new(Sample.Context);

    [Fact]
    [Trait("Behaviour", "C-25")]
    [Trait("Behaviour", "C-57")]
    [Trait("Behaviour", "T-26")]
    public void C_25_C_57_T_26_the_newest_is_told_by_its_stamp_and_comes_first()
    {
        var old = Take();
        Sample.Clock.Advance(TimeSpan.FromDays(1));
        var newest = Take();
        Sample.Clock.Advance(TimeSpan.FromDays(1));
        Take(CheckpointKind.Safety);
        File.SetLastWriteTimeUtc(old.Path, DateTime.UtcNow.AddYears(1)); // As a copy would have it.

        Assert.Equal(newest.Id, Catalog.Find(null).Id);
        Assert.Equal(["pre-restore-20250820T175013Z", newest.Id, old.Id], Catalog.List().Select(checkpoint => checkpoint.Id));
    }

    [Fact]
    [Trait("Behaviour", "C-26")]
    public void C_26_an_archive_is_found_by_id_by_file_name_and_by_path()
    {
        var checkpoint = Take();
        var elsewhere = Path.Combine(Sample.Outside, "copied.tgz");
        File.Copy(checkpoint.Path, elsewhere);

        Assert.Equal(checkpoint.Path, Catalog.Find(checkpoint.Id).Path);
        Assert.Equal(checkpoint.Path, Catalog.Find(checkpoint.Id + ".tgz").Path);
        Assert.Equal(checkpoint.Path, Catalog.Find(checkpoint.Path).Path);
        Assert.Equal(checkpoint.Files, Catalog.Find(elsewhere).Files);
    }

    [Fact]
    [Trait("Behaviour", "C-25")]
    public void C_25_no_checkpoint_is_a_clear_error()
    {
        Assert.Equal(CheckpointErrors.NotFound, Assert.Throws<HxException>(() => Catalog.Find(null)).Id);
        var failure = Assert.Throws<HxException>(() => Catalog.Find("gw-checkpoint-typo"));
        Assert.Equal(("gw-checkpoint-typo", ExitCode.NotFound), (failure.Target, failure.Id.ExitCode));
    }

    [Fact]
    [Trait("Behaviour", "C-54")]
    public void C_54_a_listing_tells_what_is_in_a_checkpoint()
    {
        var taken = Take(note: "before maintenance");

        var listed = Assert.Single(Catalog.List());

        Assert.Equal(taken, listed);
        Assert.Equal(("sample", "before maintenance", Environment.MachineName), (listed.Deployment, listed.Note, listed.HostName));
        Assert.Equal(new FileInfo(taken.Path).Length, listed.SizeBytes);
        Assert.Equal(15, listed.Files);
    }

    [Fact]
    public void Listing_does_not_open_archives_that_it_has_seen()
    {
        var checkpoint = Take();
        Bash.Run(Sample.BackupFolder, "for a in *.tgz; do truncate -s $(stat -c %s $a) zeros; touch -r $a zeros; mv zeros $a; done"); // Whoever opens it now finds nothing.

        Assert.Equal(checkpoint, Catalog.List().Single());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"checkpoints\":[{\"file\":1}]}")]
    [InlineData("{}")]
    [InlineData("{\"checkpoints\":[null]}")]
    public void A_broken_index_is_made_anew(string content)
    {
        var checkpoint = Take();
        var index = Path.Combine(StateFolder.Of(Sample.Context), "index.json");
        File.WriteAllText(index, content);

        Assert.Equal(checkpoint, Catalog.List().Single());
        Assert.Contains(checkpoint.Id, File.ReadAllText(index), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_archive_is_listed_with_its_problem()
    {
        var checkpoint = Take();
        File.WriteAllText(checkpoint.Path, "this is no archive");

        Assert.NotEqual("", Catalog.List().Single().Problem);
    }

    [Fact]
    public void Finding_writes_nothing()
    {
        var checkpoint = Take();
        File.Delete(Path.Combine(StateFolder.Of(Sample.Context), "index.json"));
        var before = Bash.Run(Sample.Root.Folder, "find . -printf '%p %T@ %C@\\n' | sort");

        Catalog.Find(null);
        Catalog.Find(checkpoint.Path);

        Assert.Equal(before, Bash.Run(Sample.Root.Folder, "find . -printf '%p %T@ %C@\\n' | sort"));
    }

    [Fact]
    public void Pins_marks_and_notes_are_kept_beside_the_archive()
    {
        var checkpoint = Take(note: "first");
        var before = File.ReadAllBytes(checkpoint.Path);
        using (var lease = Sample.Lock())
        {
            new CheckpointAnnotator(Sample.Context).Annotate(checkpoint, new CheckpointAnnotation(true, null, null), lease);
            new CheckpointAnnotator(Sample.Context).Annotate(checkpoint, new CheckpointAnnotation(null, true, "second"), lease);
        }

        var listed = Catalog.List().Single();
        Assert.Equal((true, true, "second"), (listed.IsPinned, listed.IsKnownGood, listed.Note));
        Assert.Equal(before, File.ReadAllBytes(checkpoint.Path));
        Assert.Equal(listed, Catalog.Find(checkpoint.Path));
    }
}
