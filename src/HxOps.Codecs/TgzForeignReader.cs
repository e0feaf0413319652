using System.Buffers.Binary;
using HxOps.Errors;
using HxOps.Formats;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace HxOps.Codecs;

/// <summary>
/// Reads gzip that something else wrote: the kit, tar, pigz. Uses SharpZipLib's inflater, which is slower than the runtime's but says where
/// the compressed data ends, so that checksum, length and the end of the file can be proven.
/// </summary>
internal sealed class TgzForeignReader : TgzContentStream
{
    private const byte HeaderChecksum = 2;
    private const byte Extra = 4;
    private const byte Name = 8;
    private const byte Comment = 16;
    private const byte Reserved = 0xE0;

    private readonly Stream _source;
    private readonly string _archive;
    private readonly byte[] _input = new byte[128 << 10];
    private readonly byte[] _output = new byte[64 << 10];
    private readonly Inflater _inflater = new(noHeader: true);
    private readonly Crc32 _checksum = new();
    private int _offset;
    private int _length;
    private bool _isInMember;

    internal TgzForeignReader(Stream source, ReadOnlyMemory<byte> start, string archive)
    {
        _source = source;
        _archive = archive;
        start.Span.CopyTo(_input);
        _length = start.Length;
        if (_length == 0)
            throw new HxException(ArchiveErrors.Truncated, archive, $"{archive} is empty.");
    }

    public override int Read(Span<byte> buffer)
    {
        var output = new ArraySegment<byte>(_output, 0, Math.Min(buffer.Length, _output.Length));
        while (_isInMember || BeginMember())
        {
            var count = Inflate(output);
            if (count > 0)
            {
                _checksum.Update(output[..count]);
                output.AsSpan(0, count).CopyTo(buffer);
                return count;
            }

            EndMember();
        }

        return 0;
    }

    private int Inflate(ArraySegment<byte> output)
    {
        try
        {
            int count;
            while ((count = _inflater.Inflate(output.Array!, 0, output.Count)) == 0 && !_inflater.IsFinished)
            {
                if (_inflater.IsNeedingDictionary)
                    throw Damaged("it needs a dictionary");

                if (_offset == _length && !Refill())
                    throw Truncated();

                _inflater.SetInput(_input, _offset, _length - _offset);
                _offset = _length;
            }

            return count;
        }
        catch (SharpZipBaseException cause)
        {
            throw Damaged("its compressed data is malformed", cause);
        }
    }

    private bool BeginMember()
    {
        if (_offset == _length && !Refill())
            return false;

        if (NextByte() != 0x1F || NextByte() != 0x8B || NextByte() != 8)
            throw Damaged("it is not gzip where it should be");

        var flags = NextByte();
        if ((flags & Reserved) != 0)
            throw Damaged("its gzip header has unknown flags");

        Skip(6);
        if ((flags & Extra) != 0)
            Skip(NextByte() | (NextByte() << 8));
        if ((flags & Name) != 0)
            SkipText();
        if ((flags & Comment) != 0)
            SkipText();
        if ((flags & HeaderChecksum) != 0)
            Skip(2);

        _inflater.Reset();
        _checksum.Reset();
        _isInMember = true;
        return true;
    }

    private void EndMember()
    {
        _offset -= _inflater.RemainingInput;
        Span<byte> trailer = stackalloc byte[8];
        foreach (ref var value in trailer)
            value = NextByte();

        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)_checksum.Value)
            throw Damaged("its checksum is wrong");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)_inflater.TotalOut)
            throw Damaged("its length is wrong");

        _isInMember = false;
    }

    private void SkipText()
    {
        while (NextByte() != 0)
        {
        }
    }

    private void Skip(int count)
    {
        for (; count > 0; count--)
            NextByte();
    }

    private byte NextByte() => _offset < _length || Refill() ? _input[_offset++] : throw Truncated();

    private bool Refill()
    {
        _offset = 0;
        _length = _source.Read(_input, 0, _input.Length);
        return _length > 0;
    }

    private HxException Truncated() => new(ArchiveErrors.Truncated, _archive, $"{_archive} ends in the middle of its compressed data.");

    private HxException Damaged(string how, Exception? cause = null) =>
        new(ArchiveErrors.Damaged, _archive, $"{_archive} is damaged: {how}.", cause);
}
