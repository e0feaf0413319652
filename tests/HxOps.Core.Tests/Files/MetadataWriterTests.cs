using System.Collections.Immutable;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using Xunit;

namespace HxOps.Core.Tests.Files;

public sealed class MetadataWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hxops-metadata-").FullName;
    private readonly MetadataReader _reader = new(new AccountDirectory());
    private readonly MetadataWriter _writer;

    public MetadataWriterTests() => _writer = new MetadataWriter(_reader);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nanoseconds_before_and_after_1970_are_set_exactly()
    {
        var path = NewFile();
        foreach (var time in new[] { 1_755_539_413_123_456_789L, 0L, -1L, -1_000_000_001L })
        {
            _writer.Apply(path, MetadataSetting.Of(_reader.Read(path)) with { ModifiedNanoseconds = time });
            Assert.Equal(time, _reader.Read(path).ModifiedNanoseconds);
        }
    }

    [Fact]
    public void A_links_own_time_is_set_and_its_target_is_left_alone()
    {
        var target = NewFile();
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, target);
        var before = _reader.Read(target);

        _writer.Apply(link, MetadataSetting.Of(_reader.Read(link)) with { Mode = 0, ModifiedNanoseconds = 5_000_000_001 });

        Assert.Equal(5_000_000_001, _reader.Read(link).ModifiedNanoseconds);
        Assert.Equal(before, _reader.Read(target) with { ExtendedAttributes = before.ExtendedAttributes });
    }

    [SkippableFact]
    public void Set_user_id_survives_a_change_of_owner()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        var path = NewFile();

        _writer.Apply(path, new MetadataSetting(0x9ED, 12345, 54321)); // 4755

        var after = _reader.Read(path);
        Assert.Equal((0x9ED, 12345u, 54321u), (after.Mode, after.UserId, after.GroupId));
    }

    [SkippableFact]
    public void Attributes_are_set_and_those_too_many_removed()
    {
        var path = NewFile();
        var wanted = ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty.Add("user.kept", [1, 2, 3]);
        try
        {
            _writer.Apply(path, MetadataSetting.Of(_reader.Read(path)) with { ExtendedAttributes = wanted.Add("user.extra", [9]) });
        }
        catch (HxOps.Errors.HxException refusal)
        {
            Skip.If(true, "the file system has no user attributes: " + refusal.Message);
        }

        _writer.Apply(path, MetadataSetting.Of(_reader.Read(path)) with { ExtendedAttributes = wanted });

        Assert.True(ExtendedAttributeRules.AreEqual(wanted, ExtendedAttributeRules.Restorable(_reader.Read(path).ExtendedAttributes)));
    }

    [Fact]
    public void A_read_only_file_takes_attributes_and_ends_read_only()
    {
        var path = NewFile();
        File.SetUnixFileMode(path, UnixFileMode.UserRead);

        _writer.Apply(path, MetadataSetting.Of(_reader.Read(path)) with
        {
            ExtendedAttributes = ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty.Add("user.note", [1]),
        });

        Assert.Equal(0x100, _reader.Read(path).Mode);
    }

    private string NewFile()
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        File.WriteAllText(path, "content");
        return path;
    }
}
