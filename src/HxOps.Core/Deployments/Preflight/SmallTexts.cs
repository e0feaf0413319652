using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;

namespace HxOps.Deployments.Preflight;

/// <summary>Reads the small configuration files of a host's own programs.</summary>
internal static class SmallTexts
{
    private const int MostBytes = 1 << 20;
    private const int MostFiles = 1000;

    /// <summary>The lines of a file and of those in its folders of additions that are no comments; what cannot be read has none.</summary>
    /// <param name="root">Where they lie.</param>
    /// <param name="file">The file, a host path.</param>
    /// <param name="folders">The folders, host paths.</param>
    internal static ImmutableArray<string> Lines(HostRoot root, string file, params ReadOnlySpan<string> folders)
    {
        var files = new List<string> { root.Locate(file) };
        foreach (var folder in folders)
        {
            if (Directory.Exists(root.Locate(folder)))
                files.AddRange(Directory.EnumerateFiles(root.Locate(folder)).Order(StringComparer.Ordinal).Take(MostFiles));
        }

        return [.. files.SelectMany(Read).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';'))];
    }

    private static string[] Read(string localPath)
    {
        try
        {
            return (ForeignText.TryRead(localPath, MostBytes) ?? "").Split('\n');
        }
        catch (HxException)
        {
            return [];
        }
    }
}
