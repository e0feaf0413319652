using System.Globalization;
using System.Security.Cryptography;
using HxOps.Errors;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files;

/// <summary>
/// A folder that only this user can enter and that goes again. It lies in memory where there is plenty of it, so that secrets reach no
/// disk, and else where temporary files go. One that a killed process left behind is removed by the next.
/// </summary>
internal sealed class ScratchRoot : IDisposable
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "hxops-scratch-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MostAttempts = 16;
    private const int LargestShare = 8; // At most an eighth of the memory that this process may use, and a quarter of what is free.

    private readonly SafeFileHandle _held;

    private ScratchRoot(string path, SafeFileHandle held)
    {
        Path = path;
        _held = held;
    }

    /// <summary>The folder, a local path.</summary>
    internal string Path { get; }

    /// <summary>Makes one.</summary>
    /// <param name="bytes">What it will hold at most, in bytes. A <c>TMPDIR</c> that the caller has set decides the place alone.</param>
    /// <exception cref="HxException">The place refuses it.</exception>
    internal static ScratchRoot Create(long bytes)
    {
        var place = Environment.GetEnvironmentVariable("TMPDIR") is null && FitsIntoMemory(bytes) ? Memory : System.IO.Path.GetTempPath();
        try
        {
            RemoveAbandoned(place);
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                // Until it is held, another process may take it for abandoned.
                var path = Directory.CreateDirectory(System.IO.Path.Combine(place, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))), Private).FullName;
                if (TryHold(path) is { } held && Directory.Exists(path))
                    return new ScratchRoot(path, held);
            }

            throw FileFailure.FromErrno(Posix.LastError, place, "lock a folder in");
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, place, "write");
        }
    }

    /// <summary>Removes the folder with all in it.</summary>
    public void Dispose()
    {
        try
        {
            TreeRemover.Remove(Path);
        }
        finally
        {
            _held.Dispose();
        }
    }

    private static bool FitsIntoMemory(long bytes)
    {
        if (!Directory.Exists(Memory) || new DriveInfo(Memory) is not { DriveFormat: "tmpfs" } drive)
            return false;

        var free = Math.Min(drive.AvailableFreeSpace, FreeMemory());
        return bytes <= free / 4 && bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / LargestShare;
    }

    private static long FreeMemory()
    {
        const string key = "MemAvailable:";
        var line = File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(key.Length).Trim()[..^" kB".Length], CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes << 10 : 0;
    }

    // Whoever is alive holds its folder locked; a folder that can be locked is nobody's. Anybody may make a folder of such a name here.
    private static void RemoveAbandoned(string place)
    {
        foreach (var folder in Directory.EnumerateDirectories(place, Prefix + "*"))
        {
            using var held = TryHold(folder);
            if (held is null || !IsOurs(held))
                continue;

            try
            {
                TreeRemover.Remove(folder);
            }
            catch (HxException)
            {
                // It is in nobody's way, and the next one tries again.
            }
        }
    }

    private static bool IsOurs(SafeFileHandle folder) =>
        Posix.TryStat(folder, out var stat) && stat.UserId == Posix.EffectiveUser() && stat.Mode == (int)Private;

    private static SafeFileHandle? TryHold(string folder)
    {
        if (Posix.Open(folder, Posix.O_RDONLY | Posix.O_DIRECTORY | Posix.O_NOFOLLOW) is not { } handle)
            return null;

        if (Posix.Lock(handle, Posix.LOCK_EX | Posix.LOCK_NB) == 0)
            return handle;

        handle.Dispose();
        return null;
    }
}
