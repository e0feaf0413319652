using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A base address over http or https, without credentials, query or fragment; a trailing slash is dropped.</summary>
internal sealed class UrlShape : ScalarShape<Uri>
{
    /// <inheritdoc/>
    protected override string Expected => "an http or https address such as http://127.0.0.1:4000";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out Uri value, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(scalar.Text.TrimEnd('/'), UriKind.Absolute, out value) || value.Scheme is not ("http" or "https") || value.Port == 0)
        {
            return false;
        }

        problem = value.UserInfo.Length > 0 ? "holds credentials; name a secret instead"
            : value.Query.Length + value.Fragment.Length > 0 ? "has a query or a fragment; give the base address"
            : null;
        return problem is null;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^https?://[^@?#]+$");
        schema.WriteEndObject();
    }
}
