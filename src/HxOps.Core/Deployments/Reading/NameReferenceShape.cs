using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>The name of something that another part of the file defines.</summary>
/// <param name="kind">What it is: <c>endpoint</c>.</param>
/// <param name="known">What there is.</param>
internal sealed class NameReferenceShape<T>(string kind, NameList<T> known) : ScalarShape<T>
    where T : class
{
    /// <inheritdoc/>
    protected override string Expected => $"the name of an {kind}".Replace("an s", "a s", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out T value, out string? problem)
    {
        var hint = NearestName.Hint(scalar.Text, known.Items.Keys);
        problem = $"names no {kind} of this file{(known.IsWhole ? "" : " that could be read")}{hint}";
        return known.Items.TryGetValue(scalar.Text, out value);
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteEndObject();
    }
}
