using System.Text;

namespace HxOps.Formats.Shapes;

/// <summary>Replaces <c>${NAME}</c> and <c>${NAME:-default}</c> by values of the environment. <c>$$</c> is a dollar sign; any other one stands for itself.</summary>
internal static class VariableExpansion
{
    /// <summary>Longest text that an expansion may give.</summary>
    public const int LongestText = 8192;

    /// <summary>Expands a text. An unset or empty variable takes its default.</summary>
    /// <param name="raw">The text as the file has it.</param>
    /// <param name="environment">Where values come from.</param>
    /// <param name="text">The expanded text.</param>
    /// <param name="problem">What is wrong, without any value.</param>
    public static bool TryExpand(string raw, Func<string, string?> environment, out string text, out string problem)
    {
        (text, problem) = (raw, "");
        if (!raw.Contains('$', StringComparison.Ordinal))
        {
            return true;
        }

        var expanded = new StringBuilder();
        for (var i = 0; i < raw.Length; i++)
        {
            var next = raw[i] == '$' && i + 1 < raw.Length ? raw[i + 1] : '\0';
            if (next == '$')
            {
                expanded.Append('$');
                i++;
            }
            else if (next == '{')
            {
                var end = raw.IndexOf('}', i);
                if (end < 0)
                {
                    problem = "'${' has no closing '}' (a dollar sign itself is written '$$')";
                    return false;
                }

                if (!TryResolve(raw[(i + 2)..end], environment, out var value, out problem))
                {
                    return false;
                }

                expanded.Append(value);
                i = end;
            }
            else
            {
                expanded.Append(raw[i]);
            }

            if (expanded.Length > LongestText)
            {
                problem = $"the text has more than {LongestText} characters once its variables are replaced";
                return false;
            }
        }

        text = expanded.ToString();
        return true;
    }

    private static bool TryResolve(string reference, Func<string, string?> environment, out string value, out string problem)
    {
        var separator = reference.IndexOf(":-", StringComparison.Ordinal);
        var name = separator < 0 ? reference : reference[..separator];
        (value, problem) = ("", "");
        if (!IsName(name))
        {
            problem = $"'{name}' is no name of an environment variable";
            return false;
        }

        if (environment(name) is { Length: > 0 } set)
        {
            value = set;
        }
        else if (separator >= 0)
        {
            value = reference[(separator + 2)..];
        }
        else
        {
            problem = $"the environment variable {name} is not set; set it, or write ${{{name}:-default}}";
        }

        return problem.Length == 0;
    }

    /// <summary>Whether a text can name an environment variable.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
