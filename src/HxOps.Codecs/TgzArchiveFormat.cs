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
        return TgzBlock.IsOurs(start.Span)
            ? new TgzArchiveReader(new TgzBlockReader(source, start, name), name, bounds)
            : new TgzArchiveReader(new TgzForeignReader(source, start, name), name, bounds with { TotalBytes = bounds.ForeignTotalBytes });
    }
}
