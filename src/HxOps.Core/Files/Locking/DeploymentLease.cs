using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Locking;

/// <summary>A held lock; disposing it, or the end of the process, lets the next writer in.</summary>
public sealed class DeploymentLease : IDisposable
{
    private readonly SafeFileHandle _file;

    internal DeploymentLease(SafeFileHandle file) => _file = file;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file.IsClosed)
            return;

        try
        {
            RandomAccess.SetLength(_file, 0); // Nobody shall be named who holds nothing.
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            // A stale name in the file is only a description; closing it is what frees the lock.
        }

        // Closing alone is not enough while a child that is just being started still has a copy of the descriptor.
        _ = Posix.Retry(() => Posix.Lock(_file, Posix.LOCK_UN));
        _file.Dispose();
    }
}
