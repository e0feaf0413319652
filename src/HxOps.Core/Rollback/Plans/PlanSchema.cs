using System.Text;
using System.Text.Json;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Rollback.Plans;

/// <summary>Writes the JSON Schema of plans for editors, from the very shapes that the reader uses.</summary>
public static class PlanSchema
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole schema, ending in a line feed.</summary>
    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var schema = new Utf8JsonWriter(buffer, Format))
        {
            schema.WriteStartObject();
            schema.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            schema.WriteString("title", "HxOps rollback plan");
            PlanShapes.Plan.WriteSchema(schema);
            schema.WriteStartObject("$defs");
            ActionShapes.Action.WriteDefinition(schema);
            ConditionShapes.Condition.WriteDefinition(schema);
            schema.WriteStartObject("variable");
            schema.WriteString("description", "A text with a variable in it, ${name}; what it must be is checked once the value is known.");
            schema.WriteString("type", "string");
            schema.WriteString("pattern", @"\$\{");
            schema.WriteEndObject();
            schema.WriteEndObject();
            schema.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
