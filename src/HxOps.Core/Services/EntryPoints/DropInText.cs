using System.Text;

namespace HxOps.Services.EntryPoints;

/// <summary>Changes the entry point in the text of a drop-in, and nothing else of it.</summary>
public static class DropInText
{
    private const string Section = "[Service]";
    private const string Key = "ExecStart";

    /// <summary>
    /// The drop-in with this entry point: the empty line that resets systemd's list first, then the command. Other settings,
    /// comments and their order stay; earlier assignments of the key go.
    /// </summary>
    /// <param name="present">The drop-in's present text; empty when there is none.</param>
    /// <param name="command">The command as a unit file writes it.</param>
    public static string WithEntryPoint(string present, string command)
    {
        var lines = present.Length == 0 ? [] : present.TrimEnd('\n').Split('\n').ToList();
        var at = RemoveAssignments(lines);
        if (at < 0)
        {
            if (lines.Count > 0)
                lines.Add("");

            lines.Add(Section);
            at = lines.Count;
        }

        lines.InsertRange(at, [$"{Key}=", $"{Key}={command}"]);
        return new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
    }

    /// <summary>Takes the key's lines, continued ones included, out of every Service section, and says where the new ones belong.</summary>
    private static int RemoveAssignments(List<string> lines)
    {
        var place = -1;
        var isInService = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsComment(lines[i]))
                continue;

            var line = lines[i].Trim();
            var last = LastOf(lines, i);
            if (line.StartsWith('['))
            {
                isInService = line == Section;
                if (isInService && place < 0)
                    place = i + 1;
            }
            else if (isInService && IsAssignment(line))
            {
                lines.RemoveRange(i, last - i + 1);
                last = i - 1;
            }

            i = last;
        }

        return place;
    }

    /// <summary>The last line of an assignment. Comments between its continued lines do not end it.</summary>
    private static int LastOf(List<string> lines, int first)
    {
        var last = first;
        while (last + 1 < lines.Count && (lines[last].TrimEnd('\r').EndsWith('\\') || (last > first && IsComment(lines[last]))))
            last++;

        return last;
    }

    private static bool IsComment(string line) => line.AsSpan().TrimStart() is ['#' or ';', ..];

    private static bool IsAssignment(string line) =>
        line.StartsWith(Key, StringComparison.Ordinal) && line.AsSpan(Key.Length).TrimStart().StartsWith("=");
}
