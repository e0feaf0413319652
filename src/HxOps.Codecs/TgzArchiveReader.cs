using HxOps.Errors;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Codecs;

/// <summary>Reads tar members and proves that the archive is whole: headers, bounds, end blocks, and nothing behind them.</summary>
internal sealed class TgzArchiveReader(TgzContentStream content, string archive, ArchiveBounds bounds) : IArchiveReader
{
    private const int LongestExtension = 1 << 20;

    private readonly byte[] _block = new byte[TgzTarHeader.Length];
    private readonly byte[] _dropped = new byte[64 << 10];
    private int _members;
    private long _totalBytes;
    private long _besideBytes; // What is neither a member nor its content.
    private long _left;
    private int _padding;
    private bool _isAtEnd;

    /// <inheritdoc/>
    public ArchiveMember? ReadMember()
    {
        Skip();
        if (_isAtEnd)
            return null;

        var extensions = new TgzExtensions();
        while (true)
        {
            ReadExactly(_block);
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
            {
                ReadEnd(extensions);
                return null;
            }

            var header = TgzTarHeader.Parse(_block) ?? throw Damaged("the header of a member is malformed");
            if (!extensions.Take(header.Type, () => ReadExtension(header.Size)))
                return Begin(extensions.Apply(header) ?? throw Damaged("an extended header is malformed"));
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
            return 0;

        var count = content.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count == 0)
            throw Truncated();

        _left -= count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();

    private ArchiveMember Begin(TgzTarHeader header)
    {
        var member = header.ToMember() ?? throw new HxException(ArchiveErrors.Unsafe, archive,
            $"{archive} has a member of a kind that no checkpoint holds: {PrintableText.Of(header.Path)}.");
        if (header.IsTooLong(bounds.PathBytes))
            throw TooLarge($"a path in it has more than {bounds.PathBytes} bytes");
        if (++_members > bounds.Members)
            throw TooLarge($"it has more than {bounds.Members} members");
        if ((_totalBytes += member.Size) > bounds.TotalBytes || _totalBytes < 0)
            throw TooLarge($"its content has more than {bounds.TotalBytes} bytes");

        _left = member.Size;
        _padding = TgzTarHeader.PaddingOf(member.Size);
        return member;
    }

    // It shrinks as content does, and takes as long to read.
    private void PassBy(long bytes)
    {
        if ((_besideBytes += bytes) > bounds.TotalBytes)
            throw TooLarge($"it has more than {bounds.TotalBytes} bytes beside its content");
    }

    private byte[] ReadExtension(long size)
    {
        if (size is < 0 or > LongestExtension)
            throw TooLarge("an extended header in it is too long");

        PassBy(TgzTarHeader.Length + size);

        var bytes = new byte[size];
        ReadExactly(bytes);
        ReadExactly(_dropped.AsSpan(0, TgzTarHeader.PaddingOf(size)));
        return bytes;
    }

    private void Skip()
    {
        while (_left > 0)
            Read(_dropped);

        ReadExactly(_dropped.AsSpan(0, _padding));
        _padding = 0;
    }

    // A second end block, then zeros up to the end: tar fills its last record.
    private void ReadEnd(TgzExtensions extensions)
    {
        if (!extensions.IsEmpty)
            throw Damaged("an extended header is followed by nothing");

        ReadExactly(_block);
        try
        {
            if (_block.AsSpan().ContainsAnyExcept((byte)0))
                throw Trailing();

            int count;
            while ((count = content.Read(_dropped)) > 0)
            {
                if (_dropped.AsSpan(0, count).ContainsAnyExcept((byte)0))
                    throw Trailing();

                PassBy(count);
            }
        }
        catch (HxException cause) when (cause.Id == ArchiveErrors.Damaged)
        {
            throw Trailing(cause);
        }

        _isAtEnd = true;
    }

    private void ReadExactly(Span<byte> buffer)
    {
        if (content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw Truncated();
    }

    private HxException Truncated() => new(ArchiveErrors.Truncated, archive, $"{archive} ends before its end.");

    private HxException Damaged(string how) => new(ArchiveErrors.Damaged, archive, $"{archive} is damaged: {how}.");

    private HxException TooLarge(string how) => new(ArchiveErrors.TooLarge, archive, $"{archive} is too large: {how}.");

    private HxException Trailing(Exception? cause = null) => new(ArchiveErrors.TrailingBytes, archive, $"{archive} goes on behind its end.", cause);
}
