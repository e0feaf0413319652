using System.Runtime.InteropServices;

namespace HxOps.Files.Native;

/// <summary>
/// The calls to the operating system that the runtime has no door to. Split by subject; each call returns what libc returns,
/// and <see cref="LastError"/> tells why it failed. Linux only.
/// </summary>
internal static partial class Posix
{
    private const string Libc = "libc";

    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EIO = 5;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EEXIST = 17;
    internal const int EXDEV = 18;
    internal const int ENOTDIR = 20;
    internal const int EISDIR = 21;
    internal const int EINVAL = 22;
    internal const int ENOSPC = 28;
    internal const int EROFS = 30;
    internal const int ERANGE = 34;
    internal const int ENAMETOOLONG = 36;
    internal const int ENOSYS = 38;
    internal const int ENOTEMPTY = 39;
    internal const int ELOOP = 40;
    internal const int ENODATA = 61;
    internal const int ENOTSUP = 95;
    internal const int EDQUOT = 122;

    /// <summary>The errno of the last failed call on this thread.</summary>
    internal static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>Repeats a call that a signal interrupted.</summary>
    internal static int Retry(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && LastError == EINTR);
        return result;
    }
}
