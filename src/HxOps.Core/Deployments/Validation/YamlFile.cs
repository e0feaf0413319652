using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>A configuration file that could be read.</summary>
/// <param name="HostPath">Its host path.</param>
/// <param name="Root">Its content.</param>
internal sealed record YamlFile(string HostPath, YamlMapping Root)
{
    /// <summary>A finding at a value of this file.</summary>
    public ConfigurationFinding Finding(string id, Severity severity, YamlNode at, string message, string remedy) =>
        new(id, severity, HostPath, at.Position, message, remedy);

    /// <summary>Every single value of the file below the key that it stands under.</summary>
    public IEnumerable<(string Key, YamlScalar Value)> Scalars() => Scalars("", Root);

    private static IEnumerable<(string Key, YamlScalar Value)> Scalars(string key, YamlNode node) => node switch
    {
        YamlScalar scalar => [(key, scalar)],
        YamlSequence list => list.Items.SelectMany(item => Scalars(key, item)),
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Key.Text, entry.Value)),
        _ => [],
    };
}
