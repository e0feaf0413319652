namespace HxOps.Checkpoints.Copying;

/// <summary>A folder, here or on another host, that takes copies: each appears under its name whole, proven and durable, or not at all.</summary>
internal interface ICopyPlace
{
    /// <summary>What is there already. Makes the folder when it is missing.</summary>
    Task<CopyRemains> LookAsync(CopyNames names, CancellationToken cancellation);

    /// <summary>Sends the archive from an offset on, under its temporary name.</summary>
    Task SendAsync(string archive, CopyNames names, long offset, CancellationToken cancellation);

    /// <summary>The SHA-256 of what has arrived, as read there.</summary>
    Task<string> HashAsync(CopyNames names, CancellationToken cancellation);

    /// <summary>Gives what has arrived its final name, durably; never over another file.</summary>
    Task CommitAsync(CopyNames names, CancellationToken cancellation);

    /// <summary>Removes what has arrived.</summary>
    Task DiscardAsync(CopyNames names, CancellationToken cancellation);
}

/// <summary>The two names of a copy. The temporary one tells the content, so that only the same archive goes on where it stopped.</summary>
/// <param name="Final">The archive's file name.</param>
/// <param name="Part">The name until it is whole.</param>
internal sealed record CopyNames(string Final, string Part)
{
    internal static CopyNames Of(string archive, string sha256)
    {
        var name = Path.GetFileName(archive);
        return new CopyNames(name, $".{name}.{sha256[..16]}.part");
    }
}

/// <summary>What a place has of a copy.</summary>
/// <param name="Sha256">Of the file that has the final name; null when there is none.</param>
/// <param name="PartBytes">What an earlier attempt has brought.</param>
internal sealed record CopyRemains(string? Sha256, long PartBytes);
