using System.Runtime.InteropServices;
using HxOps.Files.Metadata;
using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>
/// Reads files without changing their time of last access, where the file's owner or root asks; for anybody else as usual.
/// Fails with the exceptions of the runtime's own methods.
/// </summary>
internal static class UntouchedFile
{
    /// <summary>Opens a file for reading; others may write, rename and remove it meanwhile. A named pipe is refused: nobody may ever write to it.</summary>
    /// <param name="path">The local path.</param>
    /// <param name="bufferSize">Bytes that are read ahead; zero for none.</param>
    internal static FileStream Open(string path, int bufferSize)
    {
        var handle = Posix.OpenUntouched(path, Posix.O_RDONLY | Posix.O_NONBLOCK) ?? throw Failure(Posix.LastError, path);
        try
        {
            if (Posix.TryStat(handle, out var stat) && stat.Kind == FileKind.Fifo)
                throw new IOException($"It is a named pipe: '{path}'.");

            return new FileStream(handle, FileAccess.Read, bufferSize);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole file.</summary>
    internal static byte[] ReadAllBytes(string path)
    {
        using var stream = Open(path, bufferSize: 0);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static Exception Failure(int errno, string path)
    {
        var cause = new IOException($"{Marshal.GetPInvokeErrorMessage(errno)}: '{path}'.", errno);
        return errno is Posix.EACCES or Posix.EPERM ? new UnauthorizedAccessException(cause.Message, cause) : cause;
    }
}
