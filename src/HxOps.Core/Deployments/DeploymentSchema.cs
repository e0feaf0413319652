using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HxOps.Deployments.Reading;

namespace HxOps.Deployments;

/// <summary>The JSON Schema of deployment files, for editors; written from the shapes that the reader reads with.</summary>
public static class DeploymentSchema
{
    /// <summary>The schema, draft 2020-12, indented, with a newline at its end.</summary>
    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var schema = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            schema.WriteStartObject();
            schema.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            schema.WriteString("title", "HxOps deployment");
            schema.WriteString("description", "What a gateway is: where it lies, of which files it consists, which units run it and how its health is told.");
            DeploymentSubject.Create(DeploymentScope.Empty, source: "").WriteSchema(schema);
            WriteDefinitions(schema);
            schema.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteDefinitions(Utf8JsonWriter schema)
    {
        schema.WriteStartObject("$defs");
        schema.WriteStartObject("variable");
        schema.WriteString("description", "A text with ${NAME} or ${NAME:-default}, replaced from the environment when the file is read; $$ is a dollar sign.");
        schema.WriteString("type", "string");
        schema.WriteString("pattern", @"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}");
        schema.WriteEndObject();
        schema.WriteEndObject();
    }
}
