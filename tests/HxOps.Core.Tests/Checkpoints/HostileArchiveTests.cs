using System.Formats.Tar;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

/// <summary>T-32 and C-38: archives that would do harm, or are not what they say, fail before anything is written.</summary>
public sealed class HostileArchiveTests : CheckpointBench
{
    private const string Config = "snapshot/config/config.yaml";

    public static TheoryData<string, string> Cases => new()
    {
        { "dot-dot", "ArchiveUnsafe" },
        { "absolute", "ArchiveUnsafe" },
        { "write through symlink", "ArchiveUnsafe" },
        { "write through symlink, link last", "ArchiveUnsafe" },
        { "hard link out", "ArchiveUnsafe" },
        { "hard link to a hard link", "ArchiveUnsafe" },
        { "device", "ArchiveUnsafe" },
        { "fifo", "ArchiveUnsafe" },
        { "duplicate", "ArchiveUnsafe" },
        { "unlisted", "CheckpointMemberUnlisted" },
        { "missing manifest", "CheckpointManifestInvalid" },
        { "empty manifest", "CheckpointManifestInvalid" },
        { "missing member", "CheckpointMemberMissing" },
        { "changed member", "CheckpointContentChanged" },
        { "control characters", "ArchiveUnsafe" },
        { "bomb", "ArchiveTooLarge" },
    };

    [Theory]
    [Trait("Behaviour", "T-32")]
    [Trait("Behaviour", "C-38")]
    [MemberData(nameof(Cases))]
    [Trait("Behaviour", "T-32"), Trait("Behaviour", "C-38")]
    public void T_32_C_38_a_hostile_archive_is_refused(string name, string error)
    {
        var path = Path.Combine(Sample.Outside, "hostile.tgz");
        Make(name, path);

        var failure = Assert.Throws<HxException>(() => Verify(Known(path)));

        Assert.Equal(error, failure.Id.Name);
        Assert.Equal(path, failure.Target);
        Assert.Equal(ExitCode.VerificationFailed, failure.Id.ExitCode);
        Assert.NotEqual("", failure.Remedy);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Equal(["hostile.tgz"], Directory.GetFileSystemEntries(Sample.Outside).Select(Path.GetFileName));
        Assert.NotEqual("", new CheckpointCatalog(Sample.Context).Find(path).Id);
    }

    [Fact]
    [Trait("Behaviour", "T-32")]
    public void T_32_the_same_archive_without_the_hostile_part_is_accepted()
    {
        var path = Path.Combine(Sample.Outside, "honest.tgz");
        using var tar = new TarText();
        tar.File(Config, "x").Link(TarEntryType.SymbolicLink, "snapshot/config/link", "/etc/passwd").Save(path);

        Assert.Equal(2, Verify(Known(path)).Manifest.Entries.Length);
    }

    [Fact]
    [Trait("Behaviour", "C-38")]
    public void C_38_every_flipped_bit_is_detected()
    {
        var archive = File.ReadAllBytes(Take().Path);
        var path = Path.Combine(Sample.Outside, "flipped.tgz");
        var known = Known(path);
        var random = new Random(38);
        for (var flip = 0; flip < 500; flip++)
        {
            var bit = random.Next(archive.Length * 8);
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, archive);
            var failure = Assert.Throws<HxException>(() => Verify(known));
            Assert.Equal(ExitCode.VerificationFailed, failure.Id.ExitCode);
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    [Trait("Behaviour", "C-38")]
    public void C_38_every_cut_is_detected()
    {
        var archive = File.ReadAllBytes(Take().Path);
        var path = Path.Combine(Sample.Outside, "cut.tgz");
        var known = Known(path);
        for (var cut = 0; cut < 50; cut++)
        {
            File.WriteAllBytes(path, archive[..(int)((long)archive.Length * cut / 50)]);
            Assert.Equal(ArchiveErrors.Truncated, Assert.Throws<HxException>(() => Verify(known)).Id);
        }
    }

    [Theory]
    [Trait("Behaviour", "T-32")]
    [InlineData("\"format\": 1", "\"format\": 2", "CheckpointFormatTooNew")]
    [InlineData("\"format\": 1", "\"format\": 0", "CheckpointManifestInvalid")]
    [InlineData("\"mode\": \"0644\"", "\"mode\": \"4777\"", "CheckpointManifestInvalid")]
    [InlineData("\"hostPath\": \"/opt/gw/config/api-gateway/config.yaml\"", "\"hostPath\": \"/opt/../etc/shadow\"", "CheckpointManifestInvalid")]
    [InlineData("\"entries\"", "\"entrees\"", "CheckpointManifestInvalid")]
    [InlineData("{", "", "CheckpointManifestInvalid")]
    [InlineData("\"entries\": [", "\"entries\": [ null,", "CheckpointManifestInvalid")]
    [InlineData("\"absent\": [", "\"absent\": [ null,", "CheckpointManifestInvalid")]
    [InlineData("\"size\": ", "\"size\": -", "CheckpointManifestInvalid")]
    [InlineData("\"size\": ", "\"size\": 9000000000000000", "CheckpointManifestInvalid")]
    public void T_32_a_manifest_that_does_not_agree_with_its_archive_is_refused(string before, string after, string error)
    {
        var folder = Extract(Take());
        var manifest = Path.Combine(folder, "hxops.json");
        var text = File.ReadAllText(manifest);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        File.WriteAllText(manifest, text[..at] + after + text[(at + before.Length)..]);
        Pack(folder);

        Assert.Equal(error, Assert.Throws<HxException>(() => Verify(Known(folder + ".tgz"))).Id.Name);
    }

    [Fact]
    [Trait("Behaviour", "T-32")]
    public void T_32_a_hard_link_that_shall_have_another_size_than_its_file_is_refused()
    {
        Bash.Run(Sample.Local(SampleDeployment.Tests), "ln run_all.sh twin.sh");
        var folder = Extract(Take());
        var manifest = Path.Combine(folder, "hxops.json");
        var lines = File.ReadAllLines(manifest);
        var size = Array.FindLastIndex(lines, Array.FindIndex(lines, line => line.Contains("\"hardLinkTo\"", StringComparison.Ordinal)), line => line.Contains("\"size\"", StringComparison.Ordinal));
        lines[size] = "\"size\": 1,";
        File.WriteAllLines(manifest, lines);
        Pack(folder);

        Assert.Equal(CheckpointErrors.ManifestInvalid, Assert.Throws<HxException>(() => Verify(Known(folder + ".tgz"))).Id);
    }

    [Fact]
    public async Task A_hard_link_to_a_file_that_has_no_place_is_extracted_with_its_content()
    {
        var path = Path.Combine(Sample.Outside, "placeless.tgz");
        using (var tar = new TarText())
            tar.File("snapshot/elsewhere/x.yaml", "model_list: []\n").List(Config, "model_list: []\n").Link(TarEntryType.HardLink, Config, "snapshot/elsewhere/x.yaml").Save(path);

        var verification = await new CheckpointVerifier(Sample.Context).DrillAsync(Known(path), Events, CancellationToken.None);

        Assert.True(verification.Drilled);
        Assert.Equal(2, verification.FilesVerified);
    }

    [Fact]
    public async Task What_no_archive_is_does_not_hide_the_checkpoints_beside_it()
    {
        var good = Take();
        using (var tar = new TarText())
            tar.File("snapshot/hxops.json", "{\"format\": 1, \"entries\": [null]}").Save(Path.Combine(Sample.BackupFolder, "gw-checkpoint-20250101T000000Z.tgz"));
        Bash.Run(Sample.BackupFolder, "mkfifo gw-checkpoint-20250102T000000Z.tgz");

        var listed = await Task.Run(new CheckpointCatalog(Sample.Context).List).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([good.Id], listed.Where(checkpoint => checkpoint.Problem.Length == 0).Select(checkpoint => checkpoint.Id));
        Assert.Equal(3, listed.Length);
    }

    [Fact]
    [Trait("Behaviour", "T-32")]
    public void T_32_an_archive_packed_again_by_tar_is_accepted()
    {
        var folder = Extract(Take());
        Pack(folder);

        Assert.Equal(CheckpointFormat.HxOps, Verify(Known(folder + ".tgz")).Info.Format);
    }

    [Fact]
    public void A_second_pass_notices_another_archive()
    {
        var checkpoint = Take();
        var verified = Verify(checkpoint);
        File.SetLastWriteTimeUtc(checkpoint.Path, DateTime.UnixEpoch);

        Assert.Equal(CheckpointErrors.Replaced, Assert.Throws<HxException>(() => new CheckpointReader(Sample.Context).Open(verified)).Id);
    }

    [Fact]
    public void A_second_pass_notices_other_content_in_the_same_file()
    {
        var first = Take();
        Sample.Write(SampleDeployment.Config, Sample.Read(SampleDeployment.Config).ToUpperInvariant());
        var second = Take();
        var verified = Verify(first);
        var swapped = verified with { Info = verified.Info with { Path = second.Path }, Archive = Verify(second).Archive };

        using var content = new CheckpointReader(Sample.Context).Open(swapped);

        Assert.Equal(CheckpointErrors.Replaced, Assert.Throws<HxException>(() => ReadAll(content)).Id);
    }

    [Fact]
    public void A_second_pass_gives_every_entry_with_its_content()
    {
        var verified = Verify(Take());
        using var content = new CheckpointReader(Sample.Context).Open(verified);

        Assert.Equal(verified.Manifest.Entries, ReadAll(content));
    }

    private static List<ManifestEntry> ReadAll(CheckpointContent content)
    {
        var entries = new List<ManifestEntry>();
        while (content.ReadEntry() is { } entry)
            entries.Add(entry);
        return entries;
    }

    private static void Pack(string folder) => Bash.Run(
        Path.GetDirectoryName(folder)!,
        $"cd snapshot; find . -type f ! -name sha256sums.txt -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > sha256sums.txt; cd ..; "
        + $"find snapshot ! -name sha256sums.txt -print0 | LC_ALL=C sort -z > names; printf 'snapshot/sha256sums.txt\\0' >> names; tar --no-recursion --null -czf '{folder}.tgz' -T names");

    private CheckpointInfo Known(string path) => new()
    {
        Id = "x",
        Path = path,
        CreatedUtc = Sample.Clock.Now,
        Kind = CheckpointKind.Checkpoint,
        Format = CheckpointFormat.Kit,
        SizeBytes = 0,
        Files = 0,
        ContentBytes = 0,
    };

    private static void Make(string name, string path)
    {
        using var tar = new TarText();
        tar.File(Config, "x");
        switch (name)
        {
            case "dot-dot":
                tar.File("snapshot/../../evil", "x").Save(path);
                break;
            case "absolute":
                tar.File("/tmp/hxops-evil", "x", listed: null).Save(path);
                break;
            case "write through symlink":
                tar.Link(TarEntryType.SymbolicLink, "snapshot/out", "/tmp").File("snapshot/out/evil", "x").Save(path);
                break;
            case "write through symlink, link last":
                tar.File("snapshot/out/evil", "x").Link(TarEntryType.SymbolicLink, "snapshot/out", "/tmp").Save(path);
                break;
            case "hard link out":
                tar.Link(TarEntryType.HardLink, "snapshot/hard", "/etc/passwd").Save(path);
                break;
            case "hard link to a hard link":
                tar.Link(TarEntryType.HardLink, "snapshot/config/one", Config).List("snapshot/config/one", "x")
                    .Link(TarEntryType.HardLink, "snapshot/config/two", "snapshot/config/one").List("snapshot/config/two", "x").Save(path);
                break;
            case "device":
                tar.Special(TarEntryType.CharacterDevice, "snapshot/null").Save(path);
                break;
            case "fifo":
                tar.Special(TarEntryType.Fifo, "snapshot/pipe").Save(path);
                break;
            case "duplicate":
                tar.File(Config, "x", listed: null).Save(path);
                break;
            case "unlisted":
                tar.File("snapshot/config/more.yaml", "x", listed: null).Save(path);
                break;
            case "missing manifest":
                tar.SaveWithoutList(path);
                break;
            case "empty manifest":
                tar.File("snapshot/sha256sums.txt", "", listed: null).SaveWithoutList(path);
                break;
            case "missing member":
                tar.List("snapshot/config/gone.yaml", "x").Save(path);
                break;
            case "changed member":
                tar.File("snapshot/config/more.yaml", "x", listed: "y").Save(path);
                break;
            case "control characters":
                tar.File("snapshot/config/\u001b[2Jevil\n", "x", listed: null).Save(path);
                break;
            default:
                tar.Bomb("snapshot/config/bomb", 3L << 30).Save(path);
                break;
        }
    }
}
