using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Tools;

namespace HxOps.Rollback.Containers;

/// <summary>
/// Sees which services' images a change of a compose file reaches, by what compose makes of it: a service may take its image over from
/// another one (<c>extends</c>), and a second file may say otherwise.
/// </summary>
internal sealed class TagReach(IYamlReader yaml, DockerCompose project)
{
    /// <summary>Returns when the images of these services become another tag, and those of no others change.</summary>
    /// <param name="before">The file's text.</param>
    /// <param name="after">The text that is to take its place.</param>
    /// <param name="services">The services that are meant.</param>
    /// <param name="tag">Their new tag.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HxException">ComposeFileUnfit. ToolFailed or ToolMissing where compose does not answer.</exception>
    public async Task RequireAsync(string before, string after, ImmutableArray<string> services, string tag, CancellationToken cancellation)
    {
        var (old, changed) = (await ImagesAsync(before, cancellation), await ImagesAsync(after, cancellation));
        if (changed.FirstOrDefault(image => !services.Contains(image.Key) && old.GetValueOrDefault(image.Key) != image.Value).Key is { } other)
        {
            throw Unfit(other, $"The image of '{other}' would change as well, to {changed[other]}: it takes it over from one of {string.Join(", ", services)}.");
        }

        if (services.FirstOrDefault(service => changed.GetValueOrDefault(service)?.EndsWith(":" + tag, StringComparison.Ordinal) != true) is { } missed)
        {
            throw Unfit(missed, $"The image of '{missed}' would be {changed.GetValueOrDefault(missed, "none")} all the same: another file of the project decides.");
        }
    }

    private async Task<ImmutableSortedDictionary<string, string>> ImagesAsync(string text, CancellationToken cancellation) =>
        (yaml.Read(await project.ConfigurationAsync(text, cancellation), "compose config", YamlBounds.Default) as YamlMapping)?["services"] is YamlMapping services
            ? services.Entries
                .Select(entry => (Service: entry.Key.Text, Image: (entry.Value as YamlMapping)?["image"] as YamlScalar))
                .Where(pair => pair.Image is not null)
                .ToImmutableSortedDictionary(pair => pair.Service, pair => pair.Image!.Text, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    private HxException Unfit(string service, string what) => new(ContainerErrors.ComposeFileUnfit, service, $"{project.Files[0]}: {what}");
}
