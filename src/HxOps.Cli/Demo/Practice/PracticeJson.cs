using System.Buffers;
using System.Text.Json;

namespace HxOps.Cli.Demo.Practice;

/// <summary>The JSON that practice services answer with.</summary>
internal static class PracticeJson
{
    public static byte[] Status(string status) => Build(json => json.WriteString("status", status));

    public static byte[] Text(string text) => [.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8];

    public static byte[] Error(int status, string message) => Build(json =>
    {
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteNumber("code", status);
        json.WriteEndObject();
    });

    public static byte[] Health(int models) => Build(json =>
    {
        json.WriteNumber("healthy_count", models);
        json.WriteNumber("unhealthy_count", 0);
    });

    public static byte[] Models(IEnumerable<string> names) => Build(json =>
    {
        json.WriteString("object", "list");
        WriteArray(json, "data", names, name =>
        {
            json.WriteString("id", name);
            json.WriteString("object", "model");
            json.WriteString("owned_by", "practice");
        });
    });

    public static byte[] Tags(IEnumerable<string> names) => Build(json => WriteArray(json, "models", names, name => json.WriteString("name", name)));

    public static byte[] Embedding(string model, IEnumerable<float> vector) => Build(json =>
    {
        json.WriteString("object", "list");
        json.WriteString("model", model);
        WriteArray(json, "data", [vector], values =>
        {
            json.WriteNumber("index", 0);
            json.WriteStartArray("embedding");
            foreach (var value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        });
    });

    public static byte[] Chat(string model, string content) => Build(json =>
    {
        json.WriteString("object", "chat.completion");
        json.WriteString("model", model);
        WriteArray(json, "choices", [content], text =>
        {
            json.WriteNumber("index", 0);
            WriteMessage(json, "message", text);
            json.WriteString("finish_reason", "stop");
        });
    });

    public static byte[] Chunk(string model, string content) => Build(json =>
    {
        json.WriteString("object", "chat.completion.chunk");
        json.WriteString("model", model);
        WriteArray(json, "choices", [content], text =>
        {
            json.WriteNumber("index", 0);
            WriteMessage(json, "delta", text);
        });
    });

    private static void WriteMessage(Utf8JsonWriter json, string name, string content)
    {
        json.WriteStartObject(name);
        json.WriteString("role", "assistant");
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeMembers(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Build(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
