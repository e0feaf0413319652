namespace HxOps.Formats;

/// <summary>Reads YAML into a tree that knows where each value stands. The input is hostile until read: see <see cref="YamlBounds"/>.</summary>
public interface IYamlReader
{
    /// <summary>Reads one document.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="source">The file's name, for error messages.</param>
    /// <param name="bounds">What the text may not exceed.</param>
    /// <returns>The root node; an empty document gives an empty mapping.</returns>
    /// <exception cref="Errors.HxException"><see cref="FormatErrors.YamlInvalid"/> with file, line and column.</exception>
    YamlNode Read(string text, string source, YamlBounds bounds);
}

/// <summary>Bounds on a foreign YAML text.</summary>
/// <param name="Characters">Longest text.</param>
/// <param name="Depth">Deepest nesting.</param>
/// <param name="Nodes">Most nodes, aliases counted each time they are expanded.</param>
public sealed record YamlBounds(int Characters, int Depth, int Nodes)
{
    /// <summary>4 MiB of text, 64 levels and 100,000 nodes: far above any deployment or plan, far below what would hurt.</summary>
    public static YamlBounds Default { get; } = new(4 << 20, 64, 100_000);
}
