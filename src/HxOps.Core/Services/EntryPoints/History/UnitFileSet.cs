using System.Collections.Immutable;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints.History;

/// <summary>The texts of a unit file and its drop-ins from somewhere else than the live host: an archive or a repository.</summary>
/// <param name="Files">Texts by host path, in the order in which they take effect.</param>
public sealed record UnitFileSet(ImmutableArray<(string HostPath, string Text)> Files)
{
    /// <summary>The effective ExecStart, or null where the files set none.</summary>
    /// <exception cref="Errors.HxException">One of the texts is not a unit file.</exception>
    public UnitSetting? ExecStart() =>
        UnitMerger.Merge(Files.SelectMany(file => UnitFileParser.Parse(file.Text, file.HostPath)))
            .LastOrDefault(setting => setting is { Section: "Service", Key: "ExecStart", IsEffective: true });

    /// <summary>Puts files into the order in which systemd applies them: the unit file, then the drop-ins by name.</summary>
    /// <param name="unit">Full unit name.</param>
    /// <param name="files">Texts by host path; those of other units are left out.</param>
    public static UnitFileSet Of(string unit, IEnumerable<KeyValuePair<string, string>> files)
    {
        var mine = files.Where(file => IsOf(unit, file.Key)).Select(file => (HostPath: file.Key, Text: file.Value)).ToList();
        return new UnitFileSet([
            .. mine.Where(file => Path.GetFileName(file.HostPath) == unit),
            .. mine.Where(file => Path.GetFileName(file.HostPath) != unit).OrderBy(file => Path.GetFileName(file.HostPath), StringComparer.Ordinal)]);
    }

    /// <summary>Whether a path is the unit's file or one of its drop-ins.</summary>
    public static bool IsOf(string unit, string hostPath) =>
        Path.GetFileName(hostPath) == unit
        || (hostPath.EndsWith(".conf", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(hostPath)) == unit + ".d");
}
