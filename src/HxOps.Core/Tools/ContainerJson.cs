using System.Collections.Immutable;
using System.Text.Json;
using HxOps.Errors;

namespace HxOps.Tools;

/// <summary>Reads what the engine writes about containers and images.</summary>
internal static class ContainerJson
{
    private const string ServiceLabel = "com.docker.compose.service";
    private const string OneOffLabel = "com.docker.compose.oneoff";
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 64 };

    /// <summary>The containers of <c>docker inspect</c>; those that somebody ran by hand for one command are left out.</summary>
    /// <exception cref="HxException"><see cref="ToolErrors.Failed"/>: it is something else.</exception>
    public static ImmutableArray<ContainerState> Containers(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Bounds);
            return [.. document.RootElement.EnumerateArray().Where(container => Label(container, OneOffLabel) != "True").Select(Container)];
        }
        catch (Exception unlike) when (IsOther(unlike))
        {
            throw Other(unlike);
        }
    }

    /// <summary>The texts of a list such as <c>RepoDigests</c>.</summary>
    public static ImmutableArray<string> Texts(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Bounds);
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(text => text.GetString() ?? "")] : [];
        }
        catch (Exception unlike) when (IsOther(unlike))
        {
            throw Other(unlike);
        }
    }

    // Cut off, without a member that is needed, or one of another kind.
    private static bool IsOther(Exception failure) => failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException;

    private static HxException Other(Exception cause) => new(ToolErrors.Failed, "docker", $"docker printed something else than the JSON that was asked for: {cause.Message}", cause);

    private static ContainerState Container(JsonElement container)
    {
        var state = container.GetProperty("State");
        var health = state.TryGetProperty("Health", out var check) && check.ValueKind == JsonValueKind.Object ? check.GetProperty("Status").GetString() : null;
        return new ContainerState(
            container.GetProperty("Id").GetString()!, Label(container, ServiceLabel), state.GetProperty("Status").GetString()!, state.GetProperty("ExitCode").GetInt32(),
            health is "none" ? null : health, container.GetProperty("Image").GetString()!, Environment(container.GetProperty("Config")));
    }

    private static string Label(JsonElement container, string name) =>
        container.GetProperty("Config").TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object && labels.TryGetProperty(name, out var value)
            ? value.GetString() ?? ""
            : "";

    private static ImmutableSortedDictionary<string, string> Environment(JsonElement config)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (config.TryGetProperty("Env", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var parts in list.EnumerateArray().Select(variable => (variable.GetString() ?? "").Split('=', 2)).Where(parts => parts.Length == 2))
            {
                variables[parts[0]] = parts[1];
            }
        }

        return variables.ToImmutable();
    }
}
