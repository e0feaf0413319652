using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using HxOps.Files.Metadata;
using HxOps.Formats;
using ICSharpCode.SharpZipLib.Tar;

namespace HxOps.Codecs;

/// <summary>A tar header as read: SharpZipLib takes the block apart, this adds what it leaves out.</summary>
internal sealed record TgzTarHeader
{
    /// <summary>Bytes of a header, and of every block of a tar stream.</summary>
    internal const int Length = 512;

    private const int UserIdOffset = 108;
    private const int GroupIdOffset = 116;
    private const int SizeOffset = 124;
    private const int MagicOffset = 257;
    private const int UserNameOffset = 265;
    private const int GroupNameOffset = 297;
    private const int IdLength = 8;
    private const int SizeLength = 12;
    private const int OwnerNameLength = 32;
    private const byte BinaryMark = 0x80;

    private static readonly SearchValues<byte> Octal = SearchValues.Create("01234567 \0"u8);

    internal required byte Type { get; init; }

    internal required string Path { get; init; }

    internal required string Link { get; init; }

    internal required long Size { get; init; }

    internal required int Mode { get; init; }

    internal required uint UserId { get; init; }

    internal required uint GroupId { get; init; }

    internal required string UserName { get; init; }

    internal required string GroupName { get; init; }

    internal required long ModifiedNanoseconds { get; init; }

    /// <summary>Zeros that follow content of so many bytes.</summary>
    internal static int PaddingOf(long size) => (int)(-size & (Length - 1));

    /// <summary>Takes a block apart; null when it is malformed.</summary>
    internal static TgzTarHeader? Parse(byte[] block)
    {
        var header = new TarHeader();
        try
        {
            header.ParseBuffer(block, Encoding.UTF8);
        }
        catch (Exception cause) when (cause is TarException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }

        if (!header.IsChecksumValid || header.Size < 0 || !IsNumber(block.AsSpan(SizeOffset, SizeLength)))
            return null;

        return new TgzTarHeader
        {
            Type = header.TypeFlag,
            Path = header.Name,
            Link = header.LinkName,
            Size = header.Size,
            Mode = header.Mode & 0xFFF,
            UserId = Id(block.AsSpan(UserIdOffset, IdLength), header.UserId),
            GroupId = Id(block.AsSpan(GroupIdOffset, IdLength), header.GroupId),
            UserName = OwnerName(block, UserNameOffset),
            GroupName = OwnerName(block, GroupNameOffset),
            ModifiedNanoseconds = (header.ModTime.Ticks - DateTime.UnixEpoch.Ticks) * 100,
        };
    }

    // Not by the library: it makes up the names "user" and "None" for every archive in GNU tar's own form, which is its default.
    private static string OwnerName(ReadOnlySpan<byte> block, int offset)
    {
        if (!block[MagicOffset..].StartsWith("ustar"u8))
            return "";

        var field = block.Slice(offset, OwnerNameLength);
        return Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);
    }

    /// <summary>Whether its path or its link has more bytes than that.</summary>
    internal bool IsTooLong(int bytes) => Encoding.UTF8.GetByteCount(Path) > bytes || Encoding.UTF8.GetByteCount(Link) > bytes;

    /// <summary>The member that it describes; null when there is no such kind.</summary>
    internal ArchiveMember? ToMember()
    {
        FileKind? kind = Type switch
        {
            0 or (byte)'0' or (byte)'7' => Path.EndsWith('/') ? FileKind.Directory : FileKind.File,
            (byte)'1' => FileKind.File,
            (byte)'2' => FileKind.SymbolicLink,
            (byte)'3' or (byte)'4' => FileKind.Device,
            (byte)'5' => FileKind.Directory,
            (byte)'6' => FileKind.Fifo,
            _ => null,
        };
        if (kind is null || (Size > 0 && (kind != FileKind.File || Type == '1')))
            return null;

        return new ArchiveMember(kind == FileKind.Directory ? Path.TrimEnd('/') : Path, kind.Value, Size)
        {
            Mode = Mode,
            UserId = UserId,
            GroupId = GroupId,
            UserName = UserName,
            GroupName = GroupName,
            ModifiedNanoseconds = ModifiedNanoseconds,
            LinkTarget = Type == '2' ? Link : null,
            HardLinkTo = Type == '1' ? Link : null,
        };
    }

    // SharpZipLib reads what is no digit as if it were one.
    private static bool IsNumber(ReadOnlySpan<byte> field) =>
        (field[0] & BinaryMark) != 0 || !field.ContainsAnyExcept(Octal);

    // GNU tar writes numbers that do not fit into seven digits in binary, which SharpZipLib understands in sizes only.
    private static uint Id(ReadOnlySpan<byte> field, int parsed) =>
        (field[0] & BinaryMark) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(field[^4..]) : (uint)parsed;
}
