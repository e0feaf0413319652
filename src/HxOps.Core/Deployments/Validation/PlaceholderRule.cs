using System.Text.RegularExpressions;
using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>Nothing was left as the documents print it: <c>your-key</c>, <c>/path/to/your/config.yaml</c>, <c>changeme</c>.</summary>
internal sealed class PlaceholderRule : IConfigurationRule
{
    private const string Remedy = "Write the real value.";

    private static readonly Regex Placeholder = new(
        @"(?:^|[^a-z0-9])your[-_ ][a-z]|/path/to/|^change[-_ ]?me|^(?:sk-)?(?:xxx+|\.\.\.)$|^<[^<>]+>$|^(?:placeholder|todo|replace[-_ ]?(?:me|this))$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether a value was never meant to be used.</summary>
    public static bool Matches(string value) => Placeholder.IsMatch(value);

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        var yaml = from file in configuration.YamlFiles
                   from scalar in file.Scalars()
                   where Matches(scalar.Value.Text)
                   select file.Finding("Placeholder", Severity.Error, scalar.Value, $"the value of '{scalar.Key}' is a placeholder", Remedy);
        var environment = from line in configuration.Environment?.Lines ?? []
                          where Matches(line.Value)
                          select new ConfigurationFinding("Placeholder", Severity.Error, configuration.Environment!.HostPath,
                              new TextPosition(line.Line, 1), $"the value of {line.Name} is a placeholder", Remedy);
        var commands = from service in configuration.Services
                       from command in service.Settings.Start
                       where command.Arguments.Any(Matches)
                       select new ConfigurationFinding("Placeholder", Severity.Error, command.Origin.File,
                           new TextPosition(command.Origin.Line, 1), $"ExecStart= of {service.Name} holds a placeholder", Remedy);
        return yaml.Concat(environment).Concat(commands);
    }
}
