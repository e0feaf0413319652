using System.Security.Cryptography;
using System.Text;
using HxOps.Errors;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Codecs.Tests;

public sealed class TgzArchiveFormatTests : IDisposable
{
    private static readonly TgzArchiveFormat Format = new();
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var members = SampleMembers();
        var read = Read(Write(members));

        Assert.Equal(members.Select(member => member.Member), read.Select(member => member.Member));
        foreach (var (expected, actual) in members.Zip(read))
            Assert.Equal(expected.Content, actual.Content);
    }

    [Fact]
    public void Plain_tar_extracts_it_with_modes_links_and_times()
    {
        var members = SampleMembers();
        File.WriteAllBytes(_folder["a.tgz"], Write(members));

        Bash.Run(_folder.Path, "gzip -t a.tgz; mkdir out; tar xzf a.tgz -C out");

        var reader = new MetadataReader(new AccountDirectory());
        foreach (var (member, content) in members)
        {
            var local = _folder["out/" + member.Path];
            var found = reader.Read(local);
            Assert.Equal(member.Kind, found.Kind);
            Assert.Equal(member.LinkTarget, found.LinkTarget);
            if (member.Kind == FileKind.File && member.HardLinkTo is null)
            {
                Assert.Equal(content, File.ReadAllBytes(local));
                Assert.Equal(member.ModifiedNanoseconds, found.ModifiedNanoseconds);
                Assert.Equal(member.Mode & 0x1FF, found.Mode & 0x1FF);
            }

            if (member.HardLinkTo is not null)
                Assert.Equal(reader.Read(_folder["out/" + member.HardLinkTo]).Identity, found.Identity);
        }
    }

    [Fact]
    public void What_is_written_can_be_read_however_small_it_became_while_another_programs_archive_is_bounded_by_its_size()
    {
        var bounds = ArchiveBounds.Default with { ForeignTotalBytes = 1000 };
        Bash.Run(_folder.Path, "mkdir in; head -c 1000000 /dev/zero > in/zeros; tar czf a.tgz in");

        Assert.Single(Read(Write([(new ArchiveMember("snapshot/zeros", FileKind.File, 1_000_000), new byte[1_000_000])]), bounds));
        Assert.Equal(ArchiveErrors.TooLarge, Assert.Throws<HxException>(() => Read(File.ReadAllBytes(_folder["a.tgz"]), bounds)).Id);
    }

    [Theory]
    [InlineData("tar --format=ustar -czf a.tgz in")]
    [InlineData("tar --format=gnu -czf a.tgz in")]
    [InlineData("tar --format=posix -czf a.tgz in")]
    [InlineData("tar --format=v7 -czf a.tgz in")]
    [InlineData("tar -cf a.tar in; split -b 700 a.tar part.; for p in part.*; do gzip -c $p; done > a.tgz")]
    public void Archives_of_tar_are_read(string command)
    {
        var path = "in/" + new string('d', 60) + "/" + (command.Contains("v7", StringComparison.Ordinal) ? "f" : new string('f', 60));
        var content = RandomNumberGenerator.GetBytes(5000);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllBytes(_folder[path], content);
        File.CreateSymbolicLink(_folder["in/link"], "somewhere/else");
        Bash.Run(_folder.Path, $"ln '{path}' in/zz-hard; {command}");

        var read = Read(File.ReadAllBytes(_folder["a.tgz"]));

        var file = read.Single(entry => entry.Member is { Kind: FileKind.File, HardLinkTo: null });
        var hard = read.Single(entry => entry.Member.HardLinkTo is not null);
        Assert.Equal(content, file.Content);
        Assert.Equal(file.Member.Path, hard.Member.HardLinkTo);
        Assert.Equal([path, "in/zz-hard"], new[] { file.Member.Path, hard.Member.Path }.Order(StringComparer.Ordinal));
        Assert.Equal("somewhere/else", read.Single(entry => entry.Member.Path == "in/link").Member.LinkTarget);
        Assert.Contains(read, entry => entry.Member is { Path: "in", Kind: FileKind.Directory });
        var owner = new MetadataReader(new AccountDirectory()).Read(_folder[path]);
        var hasNames = !command.Contains("v7", StringComparison.Ordinal);
        Assert.All(read, entry => Assert.Equal(hasNames ? (owner.UserName, owner.GroupName) : ("", ""), (entry.Member.UserName, entry.Member.GroupName)));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var archive = Write(SampleMembers());
        var random = new Random(500);
        for (var flip = 0; flip < 500; flip++)
        {
            // A third of the flips in the first header, where formats have fields that nobody reads.
            var bit = random.Next(flip % 3 == 0 ? TgzBlock.HeaderLength * 8 : archive.Length * 8);
            archive[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.ThrowsAny<HxException>(() => Read(archive));
            archive[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.NotEmpty(Read(archive));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_cut_is_noticed(bool isForeign)
    {
        var archive = isForeign ? Foreign() : Write(SampleMembers());
        var cuts = Enumerable.Range(1, 12).Select(cut => archive.Length - cut)
            .Concat(Enumerable.Range(0, 38).Select(cut => (int)((long)archive.Length * cut / 38)))
            .Concat(isForeign ? [] : BlockStarts(archive));
        foreach (var length in cuts)
        {
            var failure = Assert.ThrowsAny<HxException>(() => Read(archive[..length]));
            Assert.Equal(ArchiveErrors.Truncated, failure.Id);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_may_follow_the_end(bool isForeign)
    {
        var archive = isForeign ? Foreign() : Write(SampleMembers());
        foreach (var tail in new byte[][] { [0], [1, 2, 3], archive })
            Assert.Equal(ArchiveErrors.TrailingBytes, Assert.ThrowsAny<HxException>(() => Read([.. archive, .. tail])).Id);
    }

    [Fact]
    public void Bounds_hold()
    {
        var archive = Write(SampleMembers());
        foreach (var bounds in new[] { ArchiveBounds.Default with { Members = 3 }, ArchiveBounds.Default with { TotalBytes = 1000 }, ArchiveBounds.Default with { PathBytes = 50 } })
            Assert.Equal(ArchiveErrors.TooLarge, Assert.ThrowsAny<HxException>(() => Read(archive, bounds)).Id);
    }

    [Theory]
    [InlineData("head -c 512 pax; head -c 512 pax.content", 100)] // Extended headers without end.
    [InlineData("head -c 512 /dev/zero", 1000)] // An end without end.
    public void What_lies_beside_the_content_is_bounded_as_well(string part, int times)
    {
        Bash.Run(_folder.Path, $$"""
            mkdir in; echo x > in/x; touch -d @1.5 in/x
            git init -q r; git -C r -c user.name=a -c user.email=a@b commit -q --allow-empty -m a; git -C r archive HEAD > g.tar
            head -c 512 g.tar > pax; tail -c +513 g.tar | head -c 512 > pax.content
            if [[ "{{part}}" == *pax* ]]; then for i in $(seq {{times}}); do {{part}}; done > a.tar; tar cf - in >> a.tar; else tar cf a.tar in; for i in $(seq {{times}}); do {{part}}; done >> a.tar; fi
            gzip a.tar && mv a.tar.gz a.tgz
            """);
        var archive = File.ReadAllBytes(_folder["a.tgz"]);

        Assert.Equal(2, Read(archive).Count);
        Assert.Equal(ArchiveErrors.TooLarge, Assert.ThrowsAny<HxException>(() => Read(archive, ArchiveBounds.Default with { ForeignTotalBytes = 50_000 })).Id);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        Assert.Equal(ArchiveErrors.Truncated, Assert.ThrowsAny<HxException>(() => Read([])).Id);
        Assert.Equal(ArchiveErrors.Damaged, Assert.ThrowsAny<HxException>(() => Read("no archive at all, but some text that is long enough"u8.ToArray())).Id);
    }

    private byte[] Foreign()
    {
        Directory.CreateDirectory(_folder["f"]);
        File.WriteAllBytes(_folder["f/x"], RandomNumberGenerator.GetBytes(30_000));
        Bash.Run(_folder.Path, "tar czf f.tgz f");
        return File.ReadAllBytes(_folder["f.tgz"]);
    }

    private static IEnumerable<int> BlockStarts(byte[] archive)
    {
        for (var start = 0; start < archive.Length; start += BitConverter.ToInt32(archive, start + 16))
            yield return start;
    }

    private static List<(ArchiveMember Member, byte[] Content)> SampleMembers()
    {
        var random = new Random(1);
        var large = new byte[3_500_000];
        random.NextBytes(large.AsSpan(0, 1_500_000));
        const long time = 1_755_539_413_000_000_000;
        var longName = "snapshot/" + new string('n', 90) + "/" + new string('ä', 100);
        return
        [
            (new("snapshot", FileKind.Directory, 0) { Mode = 0x1ED, ModifiedNanoseconds = time }, []),
            (new("snapshot/empty", FileKind.File, 0) { ModifiedNanoseconds = time, UserName = "root", GroupName = "root" }, []),
            (new("snapshot/large", FileKind.File, large.Length) { Mode = 0x180, ModifiedNanoseconds = time }, large),
            (new("snapshot/old", FileKind.File, 5) { ModifiedNanoseconds = -5_000_000_000 }, "12345"u8.ToArray()),
            (new("snapshot/odd owner", FileKind.File, 512) { UserId = 3_000_000_000, GroupId = 3_000_000, ModifiedNanoseconds = time }, Encoding.ASCII.GetBytes(new string('x', 512))),
            (new(longName, FileKind.File, 3) { ModifiedNanoseconds = time }, "abc"u8.ToArray()),
            (new("snapshot/hard", FileKind.File, 0) { HardLinkTo = longName, ModifiedNanoseconds = time }, []),
            (new("snapshot/soft", FileKind.SymbolicLink, 0) { LinkTarget = "/" + new string('t', 200), Mode = 0x1FF, ModifiedNanoseconds = time }, []),
        ];
    }

    private static byte[] Write(IEnumerable<(ArchiveMember Member, byte[] Content)> members)
    {
        var stream = new MemoryStream();
        using var writer = Format.Create(stream);
        foreach (var (member, content) in members)
        {
            writer.Begin(member);
            writer.Write(content);
        }

        writer.Complete();
        return stream.ToArray();
    }

    private static List<(ArchiveMember Member, byte[] Content)> Read(byte[] archive, ArchiveBounds? bounds = null)
    {
        var members = new List<(ArchiveMember, byte[])>();
        var buffer = new byte[10_000];
        using var reader = Format.Open(new MemoryStream(archive), "a.tgz", bounds ?? ArchiveBounds.Default);
        while (reader.ReadMember() is { } member)
        {
            var content = new MemoryStream();
            int count;
            while ((count = reader.Read(buffer)) > 0)
                content.Write(buffer, 0, count);
            members.Add((member, content.ToArray()));
        }

        return members;
    }
}
