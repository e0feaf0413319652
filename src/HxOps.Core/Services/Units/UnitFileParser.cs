using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Takes the text of a unit file or drop-in apart as systemd does: sections, assignments, comments, continued lines.</summary>
public static class UnitFileParser
{
    /// <summary>Parses a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">Host path it came from, for origins and errors.</param>
    /// <returns>The assignments in their order.</returns>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> with file and line.</exception>
    public static ImmutableArray<UnitSetting> Parse(string text, string file)
    {
        var settings = ImmutableArray.CreateBuilder<UnitSetting>();
        string? section = null;
        foreach (var (line, number) in LogicalLines(text))
        {
            var origin = new UnitOrigin(file, number);
            if (line[0] == '[')
            {
                section = line.Length > 2 && line[^1] == ']' ? line[1..^1] : throw Invalid(origin, $"'{line}' is not a section header");
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Invalid(origin, $"'{Shortened(line)}' is neither a section, a comment nor an assignment");
            }

            settings.Add(new UnitSetting(
                section ?? throw Invalid(origin, "an assignment stands before the first section"),
                line[..equals].TrimEnd(),
                line[(equals + 1)..].Trim(),
                origin));
        }

        return settings.ToImmutable();
    }

    internal static HxException Invalid(UnitOrigin origin, string what) =>
        new(ServiceErrors.UnitFileInvalid, origin.ToString(), $"{origin}: {what}.");

    /// <summary>Lines without comments and blanks; a backslash at the end joins the next line, and comments between joined lines vanish.</summary>
    private static IEnumerable<(string Line, int Number)> LogicalLines(string text)
    {
        var joined = new StringBuilder();
        var first = 0;
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            var content = line.TrimStart();
            if (content.Length > 0 && content[0] is '#' or ';')
            {
                continue;
            }

            first = joined.Length == 0 ? number : first;
            if (line.EndsWith('\\'))
            {
                joined.Append(line.AsSpan(0, line.Length - 1)).Append(' ');
                continue;
            }

            joined.Append(line);
            if (joined.ToString().Trim() is { Length: > 0 } whole)
            {
                yield return (whole, first);
            }

            joined.Clear();
        }

        if (joined.ToString().Trim() is { Length: > 0 } rest)
        {
            yield return (rest, first);
        }
    }

    private static string Shortened(string line) => line.Length <= 60 ? line : line[..60] + "...";
}
