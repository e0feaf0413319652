using System.Buffers;
using System.Text.Json;

namespace HxOps.Gateway.Probers;

/// <summary>Builds the JSON that probes send. Everything that makes an answer random is switched off.</summary>
internal static class RequestBody
{
    private const int MostTokens = 32;

    // A stream is hung up at its first token; it has to be long enough for that to be seen.
    private const int MostStreamedTokens = 512;

    internal static byte[] Embeddings(string model) => Build(json =>
    {
        json.WriteString("model", model);
        json.WriteString("input", "hxops gate");
        json.WriteString("encoding_format", "float");
    });

    internal static byte[] Chat(string model, string prompt, int seed) => Build(json => WriteChat(json, model, prompt, seed, MostTokens));

    internal static byte[] StreamedChat(string model, string prompt) => Build(json =>
    {
        WriteChat(json, model, prompt, seed: 0, MostStreamedTokens);
        json.WriteBoolean("stream", true);
    });

    private static void WriteChat(Utf8JsonWriter json, string model, string prompt, int seed, int mostTokens)
    {
        json.WriteString("model", model);
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteString("content", prompt);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("temperature", 0);
        json.WriteNumber("seed", seed);
        json.WriteNumber("max_tokens", mostTokens);
    }

    private static byte[] Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
