using YamlDotNet.Core;

namespace HxOps.Codecs;

/// <summary>The tags of YAML's core schema. Any other could ask a loader to make objects, so it is refused.</summary>
internal static class YamlTags
{
    private const string Core = "tag:yaml.org,2002:";

    /// <summary>Whether a scalar with this tag has a type other than text; null for a tag that is not supported.</summary>
    /// <param name="tag">The tag, not empty.</param>
    /// <param name="isPlain">Whether the scalar stood without quotes.</param>
    public static bool? IsTyped(TagName tag, bool isPlain) => tag switch
    {
        { IsNonSpecific: true } => tag.Value == "!" ? false : isPlain,
        { Value: Core + "str" } => false,
        { Value: Core + "int" or Core + "float" or Core + "bool" or Core + "null" } => true,
        _ => null,
    };

    /// <summary>Whether a list may have this tag.</summary>
    public static bool AllowsSequence(TagName tag) => tag.IsEmpty || tag.IsNonSpecific || tag.Value == Core + "seq";

    /// <summary>Whether a mapping may have this tag.</summary>
    public static bool AllowsMapping(TagName tag) => tag.IsEmpty || tag.IsNonSpecific || tag.Value == Core + "map";
}
