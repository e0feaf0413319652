using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Rollback.Plans;
using HxOps.Tools;

namespace HxOps.Rollback.Containers;

/// <summary>
/// What the compose files of a project give its containers for an environment: files by their paths, and variables as they are written
/// there. Only the files named for the project are read; what those take over from elsewhere, the engine knows.
/// </summary>
/// <param name="Files">Local paths of environment files.</param>
/// <param name="Variables">Variables with their values.</param>
internal sealed record ComposeEnvironment(ImmutableArray<string> Files, ImmutableArray<KeyValuePair<string, string>> Variables)
{
    private const int MostBytes = 4 << 20;

    /// <summary>Reads it; a file that cannot be read or understood gives nothing.</summary>
    /// <param name="yaml">Reads the files.</param>
    /// <param name="project">The project, with the local path of its folder.</param>
    public static ComposeEnvironment Of(IYamlReader yaml, ComposeProject project)
    {
        var names = project.Files.IsEmpty ? [.. DockerCompose.UsualFiles, .. DockerCompose.UsualOverrides] : project.Files;
        var paths = names.Select(name => Path.GetFullPath(Path.Combine(project.Folder, name))).Where(File.Exists).ToList();
        var services = paths.SelectMany(path => Services(yaml, path)).ToList();
        var folder = paths.Count == 0 ? project.Folder : Path.GetDirectoryName(paths[0])!;
        return new ComposeEnvironment(
            [.. services.SelectMany(service => Paths(service["env_file"])).Select(path => Path.GetFullPath(Path.Combine(folder, path))).Distinct()],
            [.. services.SelectMany(service => Assigned(service["environment"]))]);
    }

    private static IEnumerable<YamlMapping> Services(IYamlReader yaml, string path)
    {
        try
        {
            var file = yaml.Read(ForeignText.Read(path, MostBytes), path, YamlBounds.Default) as YamlMapping;
            return file?["services"] is YamlMapping services ? [.. services.Entries.Select(entry => entry.Value).OfType<YamlMapping>()] : [];
        }
        catch (HxException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Paths(YamlNode? node) => node switch
    {
        YamlScalar path => [path.Text],
        YamlSequence paths => paths.Items.SelectMany(Paths),
        YamlMapping file => Paths(file["path"]),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, string>> Assigned(YamlNode? node) => node switch
    {
        YamlMapping variables => variables.Entries.Where(entry => entry.Value is YamlScalar).Select(entry => KeyValuePair.Create(entry.Key.Text, ((YamlScalar)entry.Value).Text)),
        YamlSequence lines => lines.Items.OfType<YamlScalar>().Select(line => line.Text.Split('=', 2)).Where(parts => parts.Length == 2).Select(parts => KeyValuePair.Create(parts[0], parts[1])),
        _ => [],
    };
}
