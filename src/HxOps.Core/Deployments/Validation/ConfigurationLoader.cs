using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Services.Units;

namespace HxOps.Deployments.Validation;

/// <summary>Reads the configuration files, and notes those that cannot be read.</summary>
/// <param name="context">The deployment; its root may be a scratch folder.</param>
/// <param name="host">Where things lie that no checkpoint holds.</param>
internal sealed class ConfigurationLoader(DeploymentContext context, HostRoot host)
{
    private const int MostBytes = 4 << 20;
    private static readonly TextPosition Start = new(1, 1);

    private readonly List<ConfigurationFinding> _findings = [];

    /// <summary>What was found while reading.</summary>
    public IReadOnlyList<ConfigurationFinding> Findings => _findings;

    /// <summary>Reads all files.</summary>
    public ConfigurationSnapshot Load()
    {
        var files = context.Deployment.Configuration;
        return new ConfigurationSnapshot
        {
            Deployment = context.Deployment,
            Host = host,
            LiteLlm = Yaml(files.LiteLlm),
            Routing = Yaml(files.Routing),
            Registry = Yaml(files.ModelRegistry),
            Environment = files.EnvironmentFile is { } path && Text(path) is { } text ? new EnvironmentFile(path, EnvironmentFileParser.Parse(text)) : null,
            Services = [.. context.Deployment.Units.Where(unit => unit.Name.EndsWith(".service", StringComparison.Ordinal)).Select(Service).OfType<ServiceUnit>()],
        };
    }

    private YamlFile? Yaml(string? hostPath)
    {
        if (hostPath is null || Text(hostPath) is not { } text)
        {
            return null;
        }

        try
        {
            var root = context.Codecs.Yaml.Read(text, hostPath, YamlBounds.Default);
            if (root is YamlMapping mapping)
            {
                return new YamlFile(hostPath, mapping);
            }

            Note("WrongType", Severity.Error, hostPath, root.Position, "the file must be a mapping of keys to values", "Compare the file with the last checkpoint.");
        }
        catch (HxException error) when (error.Id == FormatErrors.YamlInvalid)
        {
            var (position, what) = Locate(error.Message, hostPath);
            Note("YamlSyntax", Severity.Error, hostPath, position, what, "Mend the YAML at this place; indentation is by spaces.");
        }

        return null;
    }

    private string? Text(string hostPath)
    {
        try
        {
            return ForeignText.Read(context.Root.Locate(hostPath), MostBytes);
        }
        catch (HxException error) when (error.Id == CommonErrors.PathNotFound)
        {
            Note("FileMissing", IsRequired(hostPath) ? Severity.Error : Severity.Warning, hostPath, Start, "the file does not exist",
                "Write the file, restore it from a checkpoint, or take it out of the deployment file.");
        }
        catch (HxException error) when (error.Id == FormatErrors.TextUnreadable)
        {
            Note("FileUnreadable", Severity.Error, hostPath, Start, "the file is too large or not UTF-8 text", "Compare the file with the last checkpoint.");
        }
        catch (HxException)
        {
            Note("FileUnreadable", Severity.Warning, hostPath, Start, "the file may not be read, so it was not checked", "Run the command as root.");
        }

        return null;
    }

    private ServiceUnit? Service(ManagedUnit unit)
    {
        try
        {
            return new UnitLoader(context.Root).TryLoad(unit.Name) is { IsMasked: false } definition ? Service(unit, ServiceSettings.Of(definition)) : null;
        }
        catch (HxException error)
        {
            var file = $"/etc/systemd/system/{unit.Name}";
            Note("UnitInvalid", Severity.Error, file, Start, error.Message, error.Remedy);
            return null;
        }
    }

    private ServiceUnit Service(ManagedUnit unit, ServiceSettings settings)
    {
        var environment = settings.Environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))
            .Concat(settings.EnvironmentFiles.SelectMany(file => Variables(file)));
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, value) in environment)
        {
            values[name] = value;
        }

        foreach (var remark in settings.Remarks)
        {
            Note("UnitLineIgnored", Severity.Warning, $"/etc/systemd/system/{unit.Name}", Start, remark, "Mend or remove the line at the named place.");
        }

        return new ServiceUnit(unit.Name, settings, values.ToImmutable());
    }

    private ImmutableArray<KeyValuePair<string, string>> Variables(OptionalPath file)
    {
        try
        {
            return
            [
                .. UnitEnvironment.PathsOf(context.Root, file).SelectMany(path => UnitEnvironment.ReadFile(path))
                    .Select(variable => KeyValuePair.Create(variable.Name, variable.Value)),
            ];
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            return []; // the deployment's own file is reported where it is read; another one is the unit's affair
        }
    }

    private bool IsRequired(string hostPath) => context.Deployment.Components
        .SelectMany(component => component.Sources)
        .Any(source => source.Presence == Presence.Required && source.Path == hostPath);

    private void Note(string id, Severity severity, string hostPath, TextPosition position, string message, string remedy) =>
        _findings.Add(new ConfigurationFinding(id, severity, hostPath, position, message, remedy));

    // "file:line:column: what", as every reader of YAML gives it.
    private static (TextPosition Position, string What) Locate(string message, string hostPath)
    {
        var parts = message[(hostPath.Length + 1)..].Split(':', 3);
        return parts.Length == 3 && int.TryParse(parts[0], out var line) && int.TryParse(parts[1], out var column)
            ? (new TextPosition(line, column), parts[2].Trim())
            : (Start, message);
    }
}
