using System.Text;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Rollback.Containers;

/// <summary>
/// The text of a compose file, in which the tag of one service's image is replaced where it stands. Every other byte stays: comments,
/// order, quotes, line ends, and images of other services that happen to have the same tag.
/// </summary>
internal sealed class ComposeFileText(IYamlReader yaml, string text, string source)
{
    /// <summary>The text with another tag for a service's image, or null when the file does not have the service.</summary>
    /// <exception cref="HxException">ComposeFileUnfit, YamlInvalid.</exception>
    public string? WithTag(string service, string tag)
    {
        if (Image(service) is not { } image)
        {
            return null;
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

    private YamlScalar? Image(string service) =>
        (yaml.Read(text, source, YamlBounds.Default) as YamlMapping)?["services"] is YamlMapping services && services[service] is YamlMapping definition
            ? definition["image"] as YamlScalar
            : null;

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
