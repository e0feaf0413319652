using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>The one thing that a composition root takes from this project.</summary>
public static class CodecFactory
{
    /// <summary>Every format that Core uses.</summary>
    public static CodecSet Create() => new(new YamlDotNetReader(), new TgzArchiveFormat(), new DiffPlexTextDiff());
}
