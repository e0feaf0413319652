using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>Every variable that config.yaml takes from the environment is set for a service or in the environment file.</summary>
internal sealed class EnvironmentReferenceRule : IConfigurationRule
{
    private const string Prefix = "os.environ/";

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        if (configuration.LiteLlm is not { } file)
        {
            return [];
        }

        var lines = configuration.Environment?.Lines ?? [];
        var set = lines.Where(line => line.Value.Length > 0).Select(line => line.Name)
            .Concat(configuration.Services.SelectMany(service => service.Environment.Keys))
            .Concat(OwnVariables(file))
            .ToHashSet(StringComparer.Ordinal);
        var severity = configuration.Environment is null ? Severity.Warning : Severity.Error;
        var where = configuration.Environment?.HostPath ?? configuration.Deployment.Configuration.EnvironmentFile ?? "an environment file";
        return file.Scalars()
            .Select(scalar => scalar.Value)
            .Where(value => value.Text.StartsWith(Prefix, StringComparison.Ordinal) && !set.Contains(value.Text[Prefix.Length..]))
            .Select(value => file.Finding("MissingVariable", severity, value,
                $"{value.Text[Prefix.Length..]} is set neither in {where} nor by a unit{NearestName.Hint(value.Text[Prefix.Length..], set)}",
                $"Set {value.Text[Prefix.Length..]} in {where}."));
    }

    // LiteLLM exports these itself before it reads the models.
    private static IEnumerable<string> OwnVariables(YamlFile file) =>
        (file.Root["environment_variables"] as YamlMapping)?.Entries.Select(entry => entry.Key.Text) ?? [];
}
