using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>The checkpoint container: tar within gzip, compressed in blocks on all cores.</summary>
public sealed class TgzArchiveFormat : IArchiveFormat
{
    /// <inheritdoc/>
    public IArchiveWriter Create(Stream destination) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IArchiveReader Open(Stream source, string name, ArchiveBounds bounds) => throw new NotImplementedException();
}
