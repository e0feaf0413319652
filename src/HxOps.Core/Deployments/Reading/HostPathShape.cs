using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Deployments.Reading;

/// <summary>A host path: absolute, or relative to the deployment's root; it never climbs out of where it starts.</summary>
/// <param name="root">The deployment's root, or null where only absolute paths are taken.</param>
/// <param name="wildcardSegments">How many last segments may hold <c>*</c> and <c>?</c>.</param>
internal sealed class HostPathShape(string? root, int wildcardSegments = 0) : ScalarShape<string>
{
    // PATH_MAX less the folder that a staging root may put before it.
    private const int LongestPath = 2048;

    /// <inheritdoc/>
    protected override string Expected => root is null ? "an absolute path" : "a path";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out string value, out string? problem)
    {
        value = scalar.Text;
        problem = FaultOf(value);
        if (problem is not null)
        {
            return false;
        }

        var trimmed = value.Length > 1 ? value.TrimEnd('/') : value;
        value = trimmed.StartsWith('/') ? trimmed : $"{root!.TrimEnd('/')}/{trimmed}";
        return true;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteNumber("minLength", 1);
        schema.WriteEndObject();
    }

    private string? FaultOf(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return path.Length == 0 ? "is empty; expected a path" : $"is longer than {LongestPath} characters";
        }

        if (root is null && !path.StartsWith('/'))
        {
            return "is not an absolute path";
        }

        if (path.Any(char.IsControl))
        {
            return "holds a control character";
        }

        var segments = path.TrimEnd('/').Split('/')[(path.StartsWith('/') ? 1 : 0)..];
        if (segments.Any(segment => segment is "." or "..") || (path != "/" && segments.Any(segment => segment.Length == 0)))
        {
            return "holds an empty segment, '.' or '..'; write the path out";
        }

        if (segments.SkipLast(wildcardSegments).Any(segment => segment.AsSpan().ContainsAny('*', '?')))
        {
            return wildcardSegments == 0 ? "holds a wildcard; this key takes one path"
                : $"holds a wildcard before its last {(wildcardSegments == 1 ? "segment" : $"{wildcardSegments} segments")}";
        }

        return null;
    }
}
