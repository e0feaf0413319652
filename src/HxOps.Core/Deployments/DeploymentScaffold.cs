using System.Text.Json;
using System.Text.RegularExpressions;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Deployments;

/// <summary>Writes a deployment file to start from: the shipped one, comments included, with another name and root.</summary>
/// <param name="reader">Reads what was written, so that no file is left that nobody could use.</param>
/// <param name="shippedFolder">The local folder of the deployment files that ship.</param>
public sealed partial class DeploymentScaffold(DeploymentReader reader, string shippedFolder)
{
    private const string Template = "hx-api-gateway.yaml";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>What the file would say. Writes nothing.</summary>
    /// <exception cref="HxException">The file exists, or name or root are not usable.</exception>
    public Deployment Plan(DeploymentDraft draft) => Compose(draft).Deployment;

    /// <summary>Writes the file and gives what it says.</summary>
    /// <exception cref="HxException">The file exists, its folder cannot be written, or name or root are not usable.</exception>
    public Deployment Write(DeploymentDraft draft)
    {
        var (text, deployment) = Compose(draft);
        DurableFile.WriteAllText(draft.Path, text, Mode);
        return deployment;
    }

    private (string Text, Deployment Deployment) Compose(DeploymentDraft draft)
    {
        if (Path.Exists(draft.Path))
            throw new HxException(DeploymentErrors.Exists, draft.Path, $"{draft.Path} exists and was left as it is.");

        var text = Fill(File.ReadAllText(Path.Combine(shippedFolder, Template)), draft);
        return (text, reader.Parse(text, draft.Path));
    }

    // A JSON string is a YAML string as well, whatever is in it.
    private static string Fill(string template, DeploymentDraft draft) => TopLevelLine().Replace(template, line => line.Groups["key"].Value switch
    {
        "name" => "name: " + Quote(draft.Name),
        "root" => "root: " + Quote(draft.Root),
        "description" => "description: " + Quote($"{draft.Name}: say in one line what it is"),
        "host" => "# host: where it runs",
        _ => line.Value,
    });

    // A dollar sign alone would begin a variable.
    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text.Replace("$", "$$", StringComparison.Ordinal))}\"";

    [GeneratedRegex("^(?<key>[a-z]+): .*$", RegexOptions.Multiline)]
    private static partial Regex TopLevelLine();
}
