using System.Collections.Immutable;
using HxOps.Formats;
using HxOps.Tools;

namespace HxOps.Rollback.Containers;

/// <summary>
/// Finds containers that run with another environment than their compose project now gives them: what a restart leaves after a change,
/// because a container keeps the environment that it was created with.
/// </summary>
internal sealed class KeptEnvironment(IYamlReader yaml, Docker engine, DockerCompose project)
{
    /// <summary>The services whose containers are of yesterday, with the names of the variables; no values, which are secrets.</summary>
    public async Task<ImmutableSortedDictionary<string, ImmutableArray<string>>> FindAsync(ImmutableArray<string> services, CancellationToken cancellation)
    {
        var wanted = (yaml.Read(await project.ConfigurationAsync(cancellation), "compose config", YamlBounds.Default) as YamlMapping)?["services"] as YamlMapping;
        var containers = await engine.InspectAsync(await project.ContainersAsync(services, cancellation), cancellation);
        return containers
            .Select(container => (container.Service, Names: Different(wanted?[container.Service], container.Environment)))
            .Where(pair => !pair.Names.IsEmpty)
            .DistinctBy(pair => pair.Service)
            .ToImmutableSortedDictionary(pair => pair.Service, pair => pair.Names, StringComparer.Ordinal);
    }

    private static ImmutableArray<string> Different(YamlNode? service, ImmutableSortedDictionary<string, string> present) =>
        (service as YamlMapping)?["environment"] is not YamlMapping environment
            ? []
            : [.. environment.Entries
                .Where(entry => entry.Value is YamlScalar { IsNull: false } value && present.GetValueOrDefault(entry.Key.Text) != Plain(value.Text))
                .Select(entry => entry.Key.Text)];

    // Compose doubles the dollar so that its output can be read as a compose file again.
    private static string Plain(string value) => value.Replace("$$", "$", StringComparison.Ordinal);
}
