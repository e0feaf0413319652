using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>A whole address over http or https; it may have a query, and no credentials.</summary>
internal sealed class AddressShape : ScalarShape<Uri>
{
    /// <inheritdoc/>
    protected override string Expected => "an http or https address such as http://localhost:3001/healthz";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out Uri value, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(scalar.Text, UriKind.Absolute, out value) || value.Scheme is not ("http" or "https"))
        {
            return false;
        }

        problem = value.UserInfo.Length > 0 ? "holds credentials; name a secret instead" : null;
        return problem is null;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^https?://");
        schema.WriteEndObject();
    }
}
