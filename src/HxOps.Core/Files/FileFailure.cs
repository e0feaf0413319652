using System.Runtime.InteropServices;
using HxOps.Errors;
using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Turns what the operating system refused into the one failure family.</summary>
public static class FileFailure
{
    /// <summary>Whether an exception comes from the file system, so that <see cref="Translate"/> knows it.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The failure for an exception of the runtime's file methods.</summary>
    /// <param name="cause">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    /// <param name="path">The user's path.</param>
    /// <param name="action">What was tried, as a verb that takes the path: <c>read</c>, <c>write</c>.</param>
    public static HxException Translate(Exception cause, string path, string action) =>
        new(Classify(ErrnoOf(cause)), path, $"Cannot {action} {path}: {cause.Message}", cause);

    /// <summary>The failure for an errno.</summary>
    /// <inheritdoc cref="Translate"/>
    public static HxException FromErrno(int errno, string path, string action) =>
        new(Classify(errno), path, $"Cannot {action} {path}: {Marshal.GetPInvokeErrorMessage(errno)}.");

    private static ErrorId Classify(int errno) => errno switch
    {
        Posix.ENOSPC or Posix.EDQUOT => CommonErrors.DiskFull,
        Posix.EROFS => CommonErrors.ReadOnlyTarget,
        Posix.EACCES or Posix.EPERM => CommonErrors.AccessDenied,
        Posix.ENOENT or Posix.ENOTDIR => CommonErrors.PathNotFound,
        _ => CommonErrors.FileUnusable,
    };

    // The runtime keeps the errno as HResult of its IOException, and wraps that one in UnauthorizedAccessException.
    private static int ErrnoOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException { InnerException: IOException inner } => inner.HResult,
        UnauthorizedAccessException => Posix.EACCES,
        FileNotFoundException or DirectoryNotFoundException => Posix.ENOENT,
        _ => exception.HResult,
    };
}
