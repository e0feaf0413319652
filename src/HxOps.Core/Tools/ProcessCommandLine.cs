using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace HxOps.Tools;

/// <summary>Reads from the kernel what a process was started as.</summary>
public static class ProcessCommandLine
{
    private const int MostBytes = 64 << 10;

    /// <summary>The process's arguments, its program first; empty when there is no such process or it may not be looked at.</summary>
    /// <param name="processId">The process.</param>
    public static ImmutableArray<string> TryRead(int processId)
    {
        try
        {
            using var file = new FileStream(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/cmdline"), FileMode.Open, FileAccess.Read);
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
