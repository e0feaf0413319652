namespace HxOps.Integration.Tests.Demo;

/// <summary>Looks for what a program has left behind.</summary>
internal static class LeftBehind
{
    /// <summary>Numbers of the processes that work in a folder, or name it on their command line.</summary>
    public static IReadOnlyList<string> Processes(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0])).Where(id => Uses(id, folder))];

    private static bool Uses(string id, string folder)
    {
        try
        {
            return new FileInfo($"/proc/{id}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true
                || File.ReadAllText($"/proc/{id}/cmdline").Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or belongs to somebody else.
            return false;
        }
    }
}
