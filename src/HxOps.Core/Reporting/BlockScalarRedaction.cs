using System.Text;
using System.Text.RegularExpressions;

namespace HxOps.Reporting;

/// <summary>Takes out secrets that stand below their name in YAML: <c>password: |</c> and the deeper lines after it.</summary>
internal static class BlockScalarRedaction
{
    private static readonly Regex Header = new(
        @"^[-+ ]*[a-z0-9_.""'-]*(?:key|token|secret|password|passwd|passphrase|pwd|credentials?)[""']?[ \t]*:[ \t]*[|>][-+0-9]*[ \t]*\r?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The text with the lines of such blocks replaced.</summary>
    public static string Replace(string text)
    {
        if (!text.AsSpan().ContainsAny('|', '>'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        int? within = null;
        foreach (var line in text.Split('\n'))
        {
            var indent = line.TakeWhile(character => character is ' ' or '+' or '-').Count();
            if (within is { } depth && (indent > depth || string.IsNullOrWhiteSpace(line)))
            {
                result.Append(string.IsNullOrWhiteSpace(line) ? line : line[..indent].TrimEnd('-', '+') + Redactor.Marker).Append('\n');
                continue;
            }

            within = Header.IsMatch(line) ? indent : null;
            result.Append(line).Append('\n');
        }

        return result.ToString(0, result.Length - 1);
    }
}
