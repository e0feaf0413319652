using System.Text.Json;
using System.Text.RegularExpressions;

namespace HxOps.Formats.Shapes;

/// <summary>Text on one line.</summary>
/// <param name="expected">What is expected, for error messages.</param>
/// <param name="pattern">A regular expression that the whole text matches, or null for any text.</param>
internal class TextShape(string expected, string? pattern = null) : ScalarShape<string>
{
    private const int LongestText = 4096;

    private readonly Regex? _pattern = pattern is null ? null : new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Any text that is not empty.</summary>
    public static TextShape Any { get; } = new("text");

    /// <inheritdoc/>
    protected override string Expected => expected;

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out string value, out string? problem)
    {
        value = scalar.Text;
        problem = value.Length == 0 ? $"is empty; expected {expected}"
            : value.Length > LongestText ? $"is longer than {LongestText} characters"
            : value.AsSpan().ContainsAny('\n', '\r') ? "has more than one line"
            : null;
        return problem is null && (_pattern is null || _pattern.IsMatch(value));
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        if (pattern is not null)
        {
            schema.WriteString("pattern", $"^(?:{pattern})$");
        }

        schema.WriteEndObject();
    }
}
