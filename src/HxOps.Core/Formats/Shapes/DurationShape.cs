using System.Globalization;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A time span such as <c>500ms</c>, <c>5s</c>, <c>2m</c> or <c>1h</c>.</summary>
internal sealed class DurationShape(TimeSpan most) : ScalarShape<TimeSpan>
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
    ];

    /// <inheritdoc/>
    protected override string Expected => $"a time such as 500ms, 5s or 2m, at most {most.TotalMinutes.ToString(CultureInfo.InvariantCulture)}m";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out TimeSpan value, out string? problem)
    {
        (value, problem) = (default, null);
        var digits = scalar.Text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 9)
        {
            return false;
        }

        var unit = Units.FirstOrDefault(candidate => candidate.Unit == scalar.Text[digits..]);
        value = unit.Length * int.Parse(scalar.Text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        return value > TimeSpan.Zero && value <= most;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^[0-9]{1,9}(ms|s|m|h)$");
        schema.WriteEndObject();
    }
}
