using System.Security.Cryptography;
using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Makes symbolic links that appear under their name in one step, durably.</summary>
internal static class LinkWriter
{
    /// <summary>Makes the link; whatever file or link has the name is replaced.</summary>
    /// <param name="path">The local path; its folder exists.</param>
    /// <param name="target">Where it points, verbatim.</param>
    internal static void Replace(string path, string target)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{folder}/.hxops-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        if (Posix.SymbolicLink(target, temporary) < 0)
            throw FileFailure.FromErrno(Posix.LastError, path, "link");

        if (Posix.Rename(temporary, path, 0) < 0)
        {
            var errno = Posix.LastError;
            _ = Posix.Unlink(temporary);
            throw FileFailure.FromErrno(errno, path, "link");
        }

        FolderSync.Flush(folder);
    }
}
