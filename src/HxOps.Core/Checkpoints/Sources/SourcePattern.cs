using System.IO.Enumeration;

namespace HxOps.Checkpoints.Sources;

/// <summary>The path of a source, split at its first wildcard.</summary>
internal sealed class SourcePattern
{
    internal SourcePattern(string path)
    {
        var segments = path.Split('/');
        var first = Array.FindIndex(segments, IsWild);
        IsLiteral = first < 0;
        Folder = string.Join('/', segments[..(IsLiteral ? segments.Length - 1 : first)]);
        Segments = segments[(IsLiteral ? segments.Length - 1 : first)..];
    }

    /// <summary>Whether it names one path rather than a pattern.</summary>
    internal bool IsLiteral { get; }

    /// <summary>The longest folder free of wildcards; empty for the root folder.</summary>
    internal string Folder { get; }

    /// <summary>What follows it, one pattern for each level.</summary>
    internal string[] Segments { get; }

    /// <summary>Whether a name matches one level of the pattern. As in a shell, a wildcard does not match a leading dot.</summary>
    internal static bool Matches(string segment, string name) =>
        IsWild(segment)
            ? (name[0] != '.' || segment[0] == '.') && FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: false)
            : segment == name;

    private static bool IsWild(string segment) => segment.AsSpan().ContainsAny('*', '?');
}
