using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>Reads YAML with YamlDotNet's parser.</summary>
public sealed class YamlDotNetReader : IYamlReader
{
    /// <inheritdoc/>
    public YamlNode Read(string text, string source, YamlBounds bounds) => throw new NotImplementedException();
}
