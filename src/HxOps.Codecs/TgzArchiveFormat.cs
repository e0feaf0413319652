using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>
/// The checkpoint container: tar within gzip. What it writes is a chain of gzip members of one block each, compressed on all cores, that
/// tar and gzip read like any other; each member says its own length, so that all cores can read it back as well.
/// </summary>
public sealed class TgzArchiveFormat : IArchiveFormat
{
    /// <inheritdoc/>
    public IArchiveWriter Create(Stream destination) => new TgzArchiveWriter(new TgzBlockWriter(destination));

    /// <inheritdoc/>
    public IArchiveReader Open(Stream source, string name, ArchiveBounds bounds)
    {
        var head = new byte[TgzBlock.HeaderLength];
        var length = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsMemory(0, length);
        TgzContentStream content = TgzBlock.IsOurs(start.Span) ? new TgzBlockReader(source, start, name) : new TgzForeignReader(source, start, name);
        return new TgzArchiveReader(content, name, bounds);
    }
}
