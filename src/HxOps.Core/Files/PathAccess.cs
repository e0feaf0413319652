using System.Runtime.InteropServices;

namespace HxOps.Files;

/// <summary>What this process may do with a path, found out without trying it.</summary>
internal static partial class PathAccess
{
    private const int MayWriteAndEnter = 3;

    /// <summary>Whether files can be made in a folder: permission and a writable file system.</summary>
    public static bool CanMakeFilesIn(string folder) => Access(folder, MayWriteAndEnter) == 0;

    /// <summary>The folder itself, or the nearest one above it that exists.</summary>
    public static string NearestExisting(string folder)
    {
        var nearest = folder;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
        {
            nearest = parent;
        }

        return nearest;
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Access(string path, int mode);
}
