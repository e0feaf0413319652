using HxOps.Files.Metadata;

namespace HxOps.Formats;

/// <summary>
/// Writes and reads the container of a checkpoint: a plain <c>.tgz</c>. The streams are the seam for encryption and signing,
/// which would wrap them.
/// </summary>
public interface IArchiveFormat
{
    /// <summary>Begins an archive on <paramref name="destination"/>, which stays open and is not flushed to disk.</summary>
    IArchiveWriter Create(Stream destination);

    /// <summary>Begins to read an archive. The source is hostile until <see cref="IArchiveReader.ReadMember"/> has returned null.</summary>
    /// <param name="source">The archive; it may be seekable, which allows decompression on all cores.</param>
    /// <param name="name">The archive's name, for error messages.</param>
    /// <param name="bounds">What the archive may not exceed.</param>
    IArchiveReader Open(Stream source, string name, ArchiveBounds bounds);
}

/// <summary>Takes the members of an archive one after the other, from one thread; compression goes on beside it.</summary>
public interface IArchiveWriter : IDisposable
{
    /// <summary>Begins a member; exactly <see cref="ArchiveMember.Size"/> bytes of content must follow before the next.</summary>
    void Begin(ArchiveMember member);

    /// <summary>Content of the member begun last.</summary>
    void Write(ReadOnlySpan<byte> content);

    /// <summary>Writes the end of the archive and waits for all of it to have reached the destination stream.</summary>
    void Complete();
}

/// <summary>Gives the members of an archive one after the other, to one thread; decompression goes on beside it.</summary>
public interface IArchiveReader : IDisposable
{
    /// <summary>
    /// The next member, or null at the end. Null means whole: end blocks seen, nothing behind them, every checksum of the
    /// container right. What a truncated or damaged archive gives instead is an <see cref="Errors.HxException"/>.
    /// </summary>
    ArchiveMember? ReadMember();

    /// <summary>Content of the member given last; zero at its end. What is not read is skipped by the next <see cref="ReadMember"/>.</summary>
    int Read(Span<byte> buffer);
}

/// <summary>One member of an archive, as far as the container can say.</summary>
/// <param name="Path">Its path as the container has it, unchecked when read.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of content.</param>
public sealed record ArchiveMember(string Path, FileKind Kind, long Size)
{
    /// <summary>Permission bits, the low twelve of st_mode.</summary>
    public int Mode { get; init; } = 0x1A4; // 644

    /// <summary>Numeric owner.</summary>
    public uint UserId { get; init; }

    /// <summary>Numeric group.</summary>
    public uint GroupId { get; init; }

    /// <summary>The owner's name; empty where unknown.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The group's name; empty where unknown.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>Time of the last modification in nanoseconds since 1970-01-01 UTC; the container may keep whole seconds only.</summary>
    public long ModifiedNanoseconds { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The path of the earlier member that this one is a hard link to.</summary>
    public string? HardLinkTo { get; init; }
}

/// <summary>Bounds on a foreign archive.</summary>
/// <param name="Members">Most members.</param>
/// <param name="TotalBytes">Most bytes of content in all.</param>
/// <param name="PathBytes">Longest path of a member.</param>
public sealed record ArchiveBounds(int Members, long TotalBytes, int PathBytes)
{
    /// <summary>Most bytes of content in an archive that another program made; what a program of ours makes must always be readable.</summary>
    public long ForeignTotalBytes { get; init; } = TotalBytes;

    /// <summary>A million members, 64 GiB and the kernel's own limit on a path.</summary>
    public static ArchiveBounds Default { get; } = new(1_000_000, 64L << 30, 4096);
}
