using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Rollback.Containers;

/// <summary>
/// The text of a compose file, in which the tags of services' images are replaced where they stand. Every other byte stays: comments,
/// order, quotes, line ends, and images of other services that happen to have the same tag.
/// </summary>
internal sealed class ComposeFileText(IYamlReader yaml, string text, string source)
{
    /// <summary>The text with another tag for the images of these services, and of no other: several may share a text by an anchor.</summary>
    /// <exception cref="HxException">ComposeFileUnfit, YamlInvalid.</exception>
    public string WithTag(ImmutableArray<string> services, string tag)
    {
        var changed = services.Aggregate(text, (before, service) => new ComposeFileText(yaml, before, source).WithTag(service, tag));
        var now = new ComposeFileText(yaml, changed, source).Images();
        var other = Images().FirstOrDefault(image => !services.Contains(image.Key) && now.GetValueOrDefault(image.Key)?.Text != image.Value.Text);
        return other.Key is null
            ? changed
            : throw new HxException(ContainerErrors.ComposeFileUnfit, source, $"{source}:{other.Value.Position}: the image of '{other.Key}' is written in the same place and would change, too.");
    }

    /// <summary>Whether services of it take over from others, of this file or of another one: then only compose tells their images.</summary>
    public bool TakesOver => yaml.Read(text, source, YamlBounds.Default) is YamlMapping file
        && (file["include"] is not null || (file["services"] is YamlMapping services && services.Entries.Any(entry => (entry.Value as YamlMapping)?["extends"] is not null)));

    private string WithTag(string service, string tag)
    {
        if (Images().GetValueOrDefault(service) is not { } image)
        {
            throw new HxException(ContainerErrors.ComposeFileUnfit, source, $"{source} gives no image to a service '{service}'.");
        }

        var start = Offset(image.Position);
        var quoted = !image.IsPlain && start < text.Length && text[start] is '"' or '\'';
        var value = start + (quoted ? 1 : 0);
        if (image.Text.Contains('$', StringComparison.Ordinal) || image.Text.Length == 0 || !text.AsSpan(value).StartsWith(image.Text, StringComparison.Ordinal))
        {
            throw new HxException(ContainerErrors.ComposeFileUnfit, source, $"{source}:{image.Position}: the image of '{service}' is not written as name:tag where it stands.");
        }

        return new StringBuilder(text).Remove(value, image.Text.Length).Insert(value, $"{Name(image.Text)}:{tag}").ToString();
    }

    private Dictionary<string, YamlScalar> Images() => (yaml.Read(text, source, YamlBounds.Default) as YamlMapping)?["services"] is YamlMapping services
        ? services.Entries
            .Select(entry => (Service: entry.Key.Text, Image: (entry.Value as YamlMapping)?["image"] as YamlScalar))
            .Where(pair => pair.Image is not null)
            .ToDictionary(pair => pair.Service, pair => pair.Image!)
        : [];

    // A registry may have a port, so only a colon behind the last slash begins a tag; a digest goes with the old tag.
    private static string Name(string reference)
    {
        var name = reference.Split('@', 2)[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    private int Offset(TextPosition position)
    {
        var offset = 0;
        for (var line = 1; line < position.Line; line++)
        {
            offset = text.IndexOf('\n', offset) + 1;
        }

        return offset + position.Column - 1;
    }
}
