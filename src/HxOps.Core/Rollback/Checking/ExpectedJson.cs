using System.Globalization;
using System.Text.Json.Nodes;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Checking;

/// <summary>Makes a JSON document that has the members that a plan expects, such as <c>config.enabled</c> or <c>items.0.name</c>.</summary>
internal static class ExpectedJson
{
    public static JsonNode Of(IEnumerable<KeyValuePair<string, JsonLiteral>> members)
    {
        JsonNode? root = null;
        foreach (var (path, literal) in members)
        {
            root = With(root, path.Split('.'), literal);
        }

        return root ?? new JsonObject();
    }

    private static JsonNode? With(JsonNode? node, ReadOnlySpan<string> path, JsonLiteral literal)
    {
        if (path.IsEmpty)
        {
            return literal.IsText ? JsonValue.Create(literal.Text) : JsonNode.Parse(literal.Text);
        }

        if (int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            var list = node as JsonArray ?? [];
            while (list.Count <= index)
            {
                list.Add((JsonNode?)null);
            }

            list[index] = With(list[index]?.DeepClone(), path[1..], literal);
            return list;
        }

        var table = node as JsonObject ?? [];
        table[path[0]] = With(table[path[0]]?.DeepClone(), path[1..], literal);
        return table;
    }
}
