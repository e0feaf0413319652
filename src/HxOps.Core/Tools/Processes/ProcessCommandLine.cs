using System.Collections.Immutable;
using System.Text;
using HxOps.Files;

namespace HxOps.Tools.Processes;

/// <summary>Reads from the kernel what a process was started as.</summary>
public static class ProcessCommandLine
{
    private const int MostBytes = 64 << 10;

    /// <summary>Whether a root is another booted machine, with process ids of its own.</summary>
    /// <param name="root">The root.</param>
    public static bool IsElsewhere(HostRoot root) => ProcessFolder.Of(root).Path != ProcessFolder.Own;

    /// <summary>The process's arguments, its program first; empty when there is no such process or it may not be looked at.</summary>
    /// <param name="root">The machine it runs on; a folder that is no machine has the processes of this one.</param>
    /// <param name="processId">The process.</param>
    public static ImmutableArray<string> TryRead(HostRoot root, int processId)
    {
        try
        {
            using var file = new FileStream(ProcessFolder.Of(root).Of(processId) + "/cmdline", FileMode.Open, FileAccess.Read);
            var bytes = new byte[MostBytes];
            var count = file.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
            return [.. Encoding.UTF8.GetString(bytes, 0, count).TrimEnd('\0').Split('\0')];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
