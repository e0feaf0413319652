using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Services.Installing;

/// <summary>What stands, or shall stand, under a path: a file with its content, or a symbolic link.</summary>
internal sealed record FileImage
{
    private const int MostBytes = 1 << 20;

    /// <summary>The content of a file; null for a link. May hold secrets.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Where a link points; null for a file.</summary>
    public string? Link { get; init; }

    /// <summary>Permission bits of a file.</summary>
    public int Mode { get; init; }

    /// <summary>Owner of a file; null leaves it to the writer.</summary>
    public uint? UserId { get; init; }

    /// <summary>Group of a file.</summary>
    public uint? GroupId { get; init; }

    /// <summary>Whether this is a file.</summary>
    [JsonIgnore]
    public bool IsFile => Content is not null;

    /// <summary>What stands under a local path; null when nothing does.</summary>
    /// <exception cref="HxException">It cannot be read, or is neither a file nor a link.</exception>
    internal static FileImage? Read(string localPath)
    {
        if (new MetadataReader(new AccountDirectory()).TryRead(localPath) is not { } metadata)
            return null;

        if (metadata.Kind == FileKind.SymbolicLink)
            return new FileImage { Link = metadata.LinkTarget };

        if (metadata.Kind != FileKind.File || metadata.Size > MostBytes)
            throw new HxException(CommonErrors.FileUnusable, localPath, $"{localPath} is not a file of at most {MostBytes} bytes.");

        try
        {
            return new FileImage { Content = UntouchedFile.ReadAllBytes(localPath), Mode = metadata.Mode, UserId = metadata.UserId, GroupId = metadata.GroupId };
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, localPath, "read");
        }
    }

    /// <summary>Brings the path to this state in one step, durably.</summary>
    internal void Write(string localPath)
    {
        FolderSync.Create(Path.GetDirectoryName(localPath)!, (UnixFileMode)0x1ED); // 755, as systemd's own folders are.
        if (Content is not null)
            DurableFile.WriteAllBytes(localPath, Content, (UnixFileMode)Mode, UserId is { } user && GroupId is { } group ? new FileOwner(user, group) : null);
        else
            LinkWriter.Replace(localPath, Link!);
    }

    /// <summary>Whether the two are the same as far as this one says.</summary>
    internal bool Matches(FileImage? present) => present is not null && Link == present.Link && Mode == present.Mode
        && (UserId is null || (UserId == present.UserId && GroupId == present.GroupId))
        && (Content ?? []).AsSpan().SequenceEqual(present.Content);
}
