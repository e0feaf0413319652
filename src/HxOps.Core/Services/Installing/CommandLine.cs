namespace HxOps.Services.Installing;

/// <summary>Writes an argument list the way systemd reads it back.</summary>
public static class CommandLine
{
    /// <summary>One line in which every argument survives: quoted where needed, with specifiers and variables escaped.</summary>
    /// <param name="arguments">The program and its arguments.</param>
    public static string Quote(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(QuoteOne));

    private static string QuoteOne(string argument)
    {
        var escaped = argument
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal)
            .Replace("$", "$$", StringComparison.Ordinal);
        return escaped.Length == 0 || escaped != argument || argument.AsSpan().IndexOfAny(" ';") >= 0 ? $"\"{escaped}\"" : argument;
    }
}
