namespace HxOps.Formats;

/// <summary>The formats that Core uses and does not implement. A composition root fills it from HxOps.Codecs.</summary>
/// <param name="Yaml">YAML texts.</param>
/// <param name="Archives">The checkpoint archive: tar within gzip.</param>
/// <param name="Diff">Text differences.</param>
public sealed record CodecSet(IYamlReader Yaml, IArchiveFormat Archives, ITextDiff Diff);
