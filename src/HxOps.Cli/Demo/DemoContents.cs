using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Files.Metadata;

namespace HxOps.Cli.Demo;

/// <summary>Puts what a checkpoint holds into a few short lines.</summary>
internal static class DemoContents
{
    /// <summary>Columns of the component's name.</summary>
    public const int NameWidth = 17;

    private const int MostNames = 2;

    /// <summary>One line for each component, and one for what was recorded besides.</summary>
    public static IEnumerable<string> Lines(CheckpointDetails details) => details.Entries
        .Where(entry => entry.Kind != FileKind.Directory)
        .GroupBy(entry => entry.Component ?? "recorded")
        .Select(group => Line(group.Key, [.. group.Select(entry => Path.GetFileName(entry.Id))]));

    private static string Line(string component, IReadOnlyList<string> names)
    {
        var more = names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "";
        return $"{component.PadRight(NameWidth)}{string.Join(", ", names.Take(MostNames))}{more}";
    }
}
