using HxOps.Errors;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Checkpoints.Copying;

/// <summary>Where a checkpoint is copied to.</summary>
/// <param name="Host">As ssh takes it; null for a folder of this machine.</param>
/// <param name="Folder">An absolute path.</param>
public sealed record CopyDestination(string? Host, string Folder)
{
    /// <summary>Reads <c>/folder</c> or <c>[user@]host:/folder</c>, as scp has it: a colon before the first slash ends a host's name.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="resolve">Makes a local path absolute.</param>
    /// <exception cref="HxException"><see cref="CopyErrors.DestinationInvalid"/>.</exception>
    public static CopyDestination Parse(string text, Func<string, string> resolve)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (colon < 0 || (slash >= 0 && slash < colon))
            return new CopyDestination(null, resolve(text));

        var (host, folder) = (text[..colon], text[(colon + 1)..]);
        if (host.Length == 0 || host[0] == '-' || host.Any(char.IsWhiteSpace))
            throw new HxException(CopyErrors.DestinationInvalid, text, $"'{host}' is no host.");
        if (!folder.StartsWith('/') || folder.AsSpan().ContainsAny('\n', '\r', '\0'))
            throw new HxException(CopyErrors.DestinationInvalid, text, $"'{folder}' is no absolute path of {host}.");
        return new CopyDestination(host, folder);
    }

    /// <summary>As the user would write it.</summary>
    public override string ToString() => Host is null ? Folder : $"{Host}:{Folder}";

    /// <summary>What does the work there.</summary>
    internal ICopyPlace Open() => Host is null ? new FolderPlace(Folder) : new SshPlace(new Ssh(new ProcessRunner(), Host), Folder);
}
