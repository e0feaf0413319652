using System.Collections.Immutable;
using System.Security.Cryptography;

namespace HxOps.Rollback.Databases;

/// <summary>Puts foreign texts into SQL.</summary>
internal static class SqlText
{
    /// <summary>A string literal, whatever the server thinks of backslashes.</summary>
    public static string Literal(string text) => text.Contains('\\', StringComparison.Ordinal)
        ? $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A quoted name.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>An array of texts.</summary>
    public static string Array(ImmutableArray<string> texts) => $"ARRAY[{string.Join(", ", texts.Select(Literal))}]::pg_catalog.text[]";

    /// <summary>A tag for a dollar-quoted text that nobody who wrote the text can have guessed.</summary>
    public static string Tag() => $"$hx{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}$";
}
