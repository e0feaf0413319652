using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>
/// One block of an archive, plain and as the gzip member it makes. The member's extra field <c>HX</c> holds the member's length and eight
/// bytes of the SHA-256 of all that follows the header, so that no bit of an archive can change unnoticed, not even one that gzip ignores.
/// </summary>
internal sealed class TgzBlock
{
    /// <summary>Bytes of content in every block but the last. Twice as many make archives 0.2 % smaller and hold twice the memory.</summary>
    internal const int PlainLength = 512 << 10;

    /// <summary>Bytes of a member before its compressed data.</summary>
    internal const int HeaderLength = 28;

    private const int GzipHeaderLength = 10;
    private const int TrailerLength = 8;
    private const int LengthOffset = 16;
    private const int DigestOffset = 20;
    private const int DigestLength = 8;

    // Incompressible data grows by a little when deflated.
    private const int LongestMember = PlainLength + (PlainLength >> 6) + 4096;

    private static readonly ZLibCompressionOptions Options = new() { CompressionLevel = 4 };

    // Magic, deflate, extra field present; no time, no flags, Unix; 16 bytes of extra field: HX with 12 bytes.
    private static ReadOnlySpan<byte> Head => [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 16, 0, (byte)'H', (byte)'X', 12, 0];

    /// <summary>The content; the first <see cref="Length"/> bytes count.</summary>
    internal byte[] Plain { get; } = new byte[PlainLength];

    /// <summary>Bytes of content.</summary>
    internal int Length { get; set; }

    /// <summary>The gzip member.</summary>
    internal byte[] Member { get; } = new byte[LongestMember];

    /// <summary>Bytes of the gzip member.</summary>
    internal int MemberLength { get; private set; }

    /// <summary>
    /// Whether an archive that begins so was written by this class. Either of two marks will do: a damaged one must not pass for
    /// a foreign archive, which is read with less suspicion.
    /// </summary>
    internal static bool IsOurs(ReadOnlySpan<byte> start) =>
        start.Length >= Head.Length
        && (start[10..12].SequenceEqual(Head[10..12]) && start[14..16].SequenceEqual(Head[14..16])
            || (start[3] & 4) != 0 && start[12..14].SequenceEqual(Head[12..14]));

    /// <summary>Whether bytes too few for a header are the beginning of one.</summary>
    internal static bool CouldBegin(ReadOnlySpan<byte> start) => Head.StartsWith(start[..Math.Min(start.Length, Head.Length)]);

    /// <summary>Makes the member from the content.</summary>
    internal void Compress()
    {
        // The runtime writes its own short header, placed so that ours ends where it does.
        const int start = HeaderLength - GzipHeaderLength;
        var compressed = new MemoryStream(Member, start, Member.Length - start);
        using (var gzip = new GZipStream(compressed, Options, leaveOpen: true))
            gzip.Write(Plain, 0, Length);

        MemberLength = start + (int)compressed.Position;
        Head.CopyTo(Member);
        BinaryPrimitives.WriteInt32LittleEndian(Member.AsSpan(LengthOffset), MemberLength);
        Digest(Rest, Member.AsSpan(DigestOffset, DigestLength));
    }

    /// <summary>Takes a member's header; <see cref="Rest"/> is then to be filled.</summary>
    internal void TakeHeader(ReadOnlySpan<byte> header, string archive)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[LengthOffset..]);
        if (!header.StartsWith(Head) || length < HeaderLength + TrailerLength || length > LongestMember)
            throw Damaged(archive);

        header.CopyTo(Member);
        MemberLength = length;
    }

    /// <summary>The member's bytes behind its header.</summary>
    internal Span<byte> Rest => Member.AsSpan(HeaderLength, MemberLength - HeaderLength);

    /// <summary>Makes the content from the member.</summary>
    /// <exception cref="HxException"><see cref="ArchiveErrors.Damaged"/>.</exception>
    internal void Decompress(string archive)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        Digest(Rest, digest);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(Rest[^4..]);
        if (!digest.SequenceEqual(Member.AsSpan(DigestOffset, DigestLength)) || length > PlainLength)
            throw Damaged(archive);

        Length = (int)length;
        try
        {
            // zlib compares the checksum in the trailer; the length is compared here, because the runtime does not.
            using var gzip = new GZipStream(new MemoryStream(Member, 0, MemberLength, writable: false), CompressionMode.Decompress);
            if (gzip.ReadAtLeast(Plain.AsSpan(0, Length), Length, throwOnEndOfStream: false) != Length || gzip.ReadByte() >= 0)
                throw Damaged(archive);
        }
        catch (InvalidDataException cause)
        {
            throw Damaged(archive, cause);
        }
    }

    private static void Digest(ReadOnlySpan<byte> content, Span<byte> start)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, whole);
        whole[..start.Length].CopyTo(start);
    }

    /// <summary>The failure of a block that is not what was written.</summary>
    internal static HxException Damaged(string archive, Exception? cause = null) =>
        new(ArchiveErrors.Damaged, archive, $"{archive} is damaged: a block of it is not what was written.", cause);
}
