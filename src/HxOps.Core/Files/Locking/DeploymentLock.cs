using System.Globalization;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Locking;

/// <summary>
/// Lets one writer at a time change a deployment. The kernel's lock on an open file decides, so that a holder that dies, however it
/// dies, holds nothing any more; what stands in the file is only for people. The file is never removed: two writers could
/// otherwise lock two files of one name.
/// </summary>
public static class DeploymentLock
{
    /// <summary>Another process holds the deployment.</summary>
    public static readonly ErrorId Held = new("DeploymentLocked", ExitCode.Locked,
        "Wait until the named process has ended, or stop it. A lock whose holder has died is taken over without your help.");

    private const string FileName = "lock";
    private const int LongestDescription = 4096;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode ParentMode = FolderMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute; // The checkpoints' own folder: its archives have mode 600.

    /// <summary>Takes the lock or says who has it.</summary>
    /// <param name="folder">The local folder that holds the lock file, made when missing.</param>
    /// <param name="purpose">What the holder is doing, for whoever has to wait.</param>
    /// <exception cref="HxException"><see cref="Held"/>, also when this very process holds it already; or the folder cannot be written.</exception>
    public static DeploymentLease Acquire(string folder, string purpose)
    {
        FolderSync.Create(Path.GetDirectoryName(folder)!, ParentMode);
        FolderSync.Create(folder, FolderMode);
        var path = Path.Combine(folder, FileName);
        var file = Posix.Open(path, Posix.O_RDWR | Posix.O_CREAT | Posix.O_NOFOLLOW, 0x180) ?? throw FileFailure.FromErrno(Posix.LastError, path, "lock");
        try
        {
            if (Posix.Retry(() => Posix.Lock(file, Posix.LOCK_EX | Posix.LOCK_NB)) < 0)
                throw Posix.LastError == Posix.EAGAIN ? Refusal(folder) : FileFailure.FromErrno(Posix.LastError, path, "lock");

            Describe(file, path, purpose);
            return new DeploymentLease(file);
        }
        catch (Exception failure)
        {
            file.Dispose();
            if (FileFailure.IsOne(failure))
                throw FileFailure.Translate(failure, path, "lock");

            throw;
        }
    }

    /// <summary>Who holds the lock at this moment; null when nobody alive does. Takes no lock and writes nothing.</summary>
    /// <param name="folder">The local folder that holds the lock file.</param>
    public static LockHolder? Holder(string folder) => Read(folder) is { IsAlive: true } holder ? holder : null;

    // The lock is held without it. A full disk must not keep out who comes to make room, or to bring a half-way restore to an end.
    private static void Describe(SafeFileHandle file, string path, string purpose)
    {
        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(LockHolder.Self(purpose), LockHolderJson.Default.LockHolder), 0);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure) && FileFailure.Translate(failure, path, "lock").Id == CommonErrors.DiskFull)
        {
            // Whoever has to wait is told that another process holds it.
        }
    }

    private static HxException Refusal(string folder)
    {
        var holder = Read(folder);
        var who = holder is null
            ? "another process"
            : string.Create(CultureInfo.InvariantCulture, $"process {holder.ProcessId} ({holder.Purpose}, since {holder.SinceUtc:yyyy-MM-dd HH:mm:ss} UTC)");
        return new HxException(Held, folder, $"The deployment is held by {who}.");
    }

    // Not by the runtime's own open: that takes a shared lock on whatever it opens.
    private static LockHolder? Read(string folder)
    {
        using var file = Posix.Open(Path.Combine(folder, FileName), Posix.O_RDONLY | Posix.O_NOFOLLOW);
        if (file is null)
            return null;

        var content = new byte[LongestDescription];
        return LockHolder.Parse(content.AsSpan(0, RandomAccess.Read(file, content, 0)));
    }
}
