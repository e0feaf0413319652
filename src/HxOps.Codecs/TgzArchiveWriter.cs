using System.Text;
using HxOps.Files.Metadata;
using HxOps.Formats;
using ICSharpCode.SharpZipLib.Tar;

namespace HxOps.Codecs;

/// <summary>Writes tar members. Whatever a plain header cannot say goes into a pax header before it.</summary>
internal sealed class TgzArchiveWriter(TgzBlockWriter blocks) : IArchiveWriter
{
    private const int BlockLength = 512;
    private const int LargestId = 0x1FFFFF; // Seven octal digits.

    private readonly byte[] _header = new byte[BlockLength];
    private long _left;
    private int _padding;

    /// <inheritdoc/>
    public void Begin(ArchiveMember member)
    {
        EndMember();
        var extensions = Extensions(member);
        if (extensions.Length > 0)
        {
            WriteHeader(new TarHeader { Name = "PaxHeader/x", TypeFlag = (byte)'x', Size = extensions.Length, Mode = 0x1A4, ModTime = DateTime.UnixEpoch });
            blocks.Write(extensions);
            blocks.WriteZeros(PaddingOf(extensions.Length));
        }

        WriteHeader(new TarHeader
        {
            Name = NameOf(member),
            TypeFlag = TypeOf(member),
            LinkName = member.HardLinkTo ?? member.LinkTarget ?? "",
            Size = member.Size,
            Mode = member.Mode,
            UserId = (int)Math.Min(member.UserId, LargestId),
            GroupId = (int)Math.Min(member.GroupId, LargestId),
            UserName = member.UserName,
            GroupName = member.GroupName,
            ModTime = DateTime.UnixEpoch.AddSeconds(Math.Max(0, SecondsOf(member))),
        });
        _left = member.Size;
        _padding = PaddingOf(member.Size);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (content.Length > _left)
            throw new InvalidOperationException("A member was given more content than its size.");

        blocks.Write(content);
        _left -= content.Length;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        EndMember();
        blocks.WriteZeros(2 * BlockLength);
        blocks.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => blocks.Dispose();

    private void EndMember()
    {
        if (_left > 0)
            throw new InvalidOperationException("A member was given less content than its size.");

        blocks.WriteZeros(_padding);
        _padding = 0;
    }

    private void WriteHeader(TarHeader header)
    {
        header.Version = "00"; // With SharpZipLib's own value it would be neither POSIX nor GNU.
        Array.Clear(_header);
        header.WriteHeader(_header, Encoding.UTF8);
        blocks.Write(_header);
    }

    private static byte[] Extensions(ArchiveMember member)
    {
        var records = new TgzPaxRecords();
        records.AddIf(Encoding.UTF8.GetByteCount(NameOf(member)) > TarHeader.NAMELEN, "path", NameOf(member));
        var link = member.HardLinkTo ?? member.LinkTarget ?? "";
        records.AddIf(Encoding.UTF8.GetByteCount(link) > TarHeader.NAMELEN, "linkpath", link);
        records.AddIf(member.UserId > LargestId, "uid", member.UserId);
        records.AddIf(member.GroupId > LargestId, "gid", member.GroupId);
        records.AddIf(Encoding.UTF8.GetByteCount(member.UserName) >= TarHeader.UNAMELEN, "uname", member.UserName);
        records.AddIf(Encoding.UTF8.GetByteCount(member.GroupName) >= TarHeader.GNAMELEN, "gname", member.GroupName);
        records.AddIf(member.ModifiedNanoseconds < 0, "mtime", SecondsOf(member));
        return records.ToBytes();
    }

    private static string NameOf(ArchiveMember member) => member.Kind == FileKind.Directory ? member.Path + "/" : member.Path;

    private static byte TypeOf(ArchiveMember member) => member switch
    {
        { HardLinkTo: not null } => TarHeader.LF_LINK,
        { Kind: FileKind.Directory } => TarHeader.LF_DIR,
        { Kind: FileKind.SymbolicLink } => TarHeader.LF_SYMLINK,
        { Kind: FileKind.File } => TarHeader.LF_NORMAL,
        _ => throw new InvalidOperationException($"A {member.Kind} cannot be a member."),
    };

    private static long SecondsOf(ArchiveMember member) => Math.DivRem(member.ModifiedNanoseconds, 1_000_000_000, out var rest) - (rest < 0 ? 1 : 0);

    private static int PaddingOf(long size) => (int)(-size & (BlockLength - 1));
}
