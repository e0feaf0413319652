using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>The Python environment that the services run from is there. No checkpoint holds it, so it is looked for on the host itself.</summary>
internal sealed class VirtualEnvironmentRule : IConfigurationRule
{
    private static readonly TextPosition Start = new(1, 1);

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        if (configuration.Deployment.Python is { } python && !Directory.Exists(configuration.Host.Locate(python.Path)))
        {
            yield return new ConfigurationFinding("VenvMissing", Severity.Error, python.Path, Start,
                "the Python environment does not exist, so the services cannot start",
                $"Make it with 'python3 -m venv', then install the packages that env/pip-freeze.txt of the checkpoint lists ({python.Package} among them).");
        }
    }
}
