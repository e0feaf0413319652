using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>Writes what a command came to, once: as one JSON document or as text.</summary>
internal sealed class ResultWriter(Terminal terminal, bool json)
{
    /// <summary>Whether standard output carries one JSON document and nothing else.</summary>
    public bool IsJson => json;

    /// <summary>Writes a result.</summary>
    public void Write<T>(T value, JsonTypeInfo<T> type, Action<Page, T> render)
    {
        if (json)
            terminal.WriteDocument(JsonSerializer.Serialize(value, type));
        else
            render(new Page(terminal), value);
    }

    /// <summary>Writes a failure and gives its exit code.</summary>
    public int WriteFailure(ErrorReport failure)
    {
        if (json)
        {
            terminal.WriteDocument(JsonSerializer.Serialize(new ErrorDocument(failure), HxJson.Output.ErrorDocument));
        }
        else
        {
            // A malformed file has its problems one a line; indented, so that no line of a message can pass for one of ours.
            foreach (var line in $"hxops: error {failure.Id}: {failure.Message}".Replace("\n", "\n  ", StringComparison.Ordinal).Split('\n'))
                terminal.WriteErrorLine(line);

            terminal.WriteErrorLine($"remedy: {failure.Remedy}");
        }

        return (int)failure.ExitCode;
    }
}
