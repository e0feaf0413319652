using System.Buffers;
using System.Security.Cryptography;
using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Hashes files of the host without leaving a trace, not even a time of last access where that can be avoided.</summary>
internal static class ContentHasher
{
    private const int BufferSize = 128 << 10;

    /// <summary>The SHA-256 of a file's content in lower-case hexadecimal, and whether it begins like a script.</summary>
    /// <param name="path">A local path; a symbolic link is refused.</param>
    internal static (string Sha256, bool IsScript) Hash(string path)
    {
        using var file = Posix.OpenUntouched(path, Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK) ?? throw FileFailure.FromErrno(Posix.LastError, path, "read");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var isScript = false;
            for (long offset = 0; ;)
            {
                var read = RandomAccess.Read(file, buffer, offset);
                if (read == 0)
                    return (Convert.ToHexStringLower(hash.GetHashAndReset()), isScript);

                if (offset == 0)
                    isScript = buffer.AsSpan(0, read).StartsWith("#!"u8);

                hash.AppendData(buffer, 0, read);
                offset += read;
            }
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
