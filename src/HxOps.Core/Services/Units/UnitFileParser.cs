using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Takes the text of a unit file or drop-in apart as systemd does: sections, assignments, comments, continued lines.</summary>
public static class UnitFileParser
{
    private const int MostRemarks = 20;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="file">Host path it came from, for origins and errors.</param>
    /// <returns>The assignments in their order.</returns>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> with file and line, for what systemd refuses.</exception>
    public static ImmutableArray<UnitSetting> Parse(string text, string file)
    {
        var read = Read(text, file);
        return read.Fault is { } fault ? throw fault : read.Settings;
    }

    /// <summary>Reads a text as far as it can be read.</summary>
    internal static UnitFileText Read(string text, string file)
    {
        var settings = ImmutableArray.CreateBuilder<UnitSetting>();
        var remarks = ImmutableArray.CreateBuilder<string>();
        string? section = null;
        foreach (var (line, number) in LogicalLines(text))
        {
            var origin = new UnitOrigin(file, number);
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line[0] == '[')
            {
                if (line.Length <= 2 || line[^1] != ']')
                {
                    return new UnitFileText(settings.ToImmutable(), remarks.ToImmutable(), Invalid(origin, $"'{Shortened(line)}' is not a section header"));
                }

                section = line[1..^1];
            }
            else if (equals > 0 && section is not null)
            {
                settings.Add(new UnitSetting(section, line[..equals].TrimEnd(), line[(equals + 1)..].Trim(), origin));
            }
            else if (remarks.Count < MostRemarks)
            {
                remarks.Add(PassedOver(origin, equals > 0 ? "an assignment before the first section" : "a line that is no assignment"));
            }
        }

        return new UnitFileText(settings.ToImmutable(), remarks.ToImmutable(), null);
    }

    /// <summary>The remark on something that systemd passes over with a warning in its journal.</summary>
    internal static string PassedOver(UnitOrigin origin, string what) => $"{origin}: {what} is passed over";

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
            if (IsContinued(line))
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

    /// <summary>Two backslashes at the end are one backslash, and no continuation.</summary>
    private static bool IsContinued(string line) => (line.Length - line.AsSpan().TrimEnd('\\').Length) % 2 == 1;

    private static string Shortened(string line) => line.Length <= 60 ? line : line[..60] + "...";
}
