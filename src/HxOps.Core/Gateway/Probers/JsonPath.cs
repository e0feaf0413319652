using System.Globalization;
using System.Text.Json;

namespace HxOps.Gateway.Probers;

/// <summary>Finds values in JSON of which nothing is certain.</summary>
internal static class JsonPath
{
    /// <summary>The value under a dotted path such as <c>choices.0.message.content</c>, or null when any part of it is missing or of another kind.</summary>
    internal static JsonElement? At(this JsonElement root, string path)
    {
        try
        {
            return Find(root, path);
        }
        catch (InvalidOperationException)
        {
            return null; // A name on the way is no Unicode, as below.
        }
    }

    /// <summary>The text that a value is; null when it is of another kind, or no Unicode: JSON may hold half a surrogate pair or broken UTF-8.</summary>
    internal static string? Text(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text under a path, or null.</summary>
    internal static string? TextAt(this JsonElement root, string path) => root.At(path)?.Text();

    /// <summary>The items of the list under a path, or null when there is no list.</summary>
    internal static IReadOnlyList<JsonElement>? ItemsAt(this JsonElement root, string path) =>
        root.At(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    private static JsonElement? Find(JsonElement root, string path)
    {
        var here = root;
        foreach (var segment in path.Split('.'))
        {
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(segment, out var member))
                here = member;
            else if (here.ValueKind == JsonValueKind.Array && IndexOf(segment) is { } index && index < here.GetArrayLength())
                here = here[index];
            else
                return null;
        }

        return here;
    }

    private static int? IndexOf(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
