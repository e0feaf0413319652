using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;

namespace HxOps.Services.Operating;

/// <summary>What the files of a unit come to.</summary>
/// <param name="Settings">Its settings, or null when there are none to be understood.</param>
/// <param name="StartCommand">The effective start command; secrets may still be in it.</param>
/// <param name="Environment">The variables that it is given, as far as they can be read.</param>
/// <param name="Fault">What is wrong with the files; empty when nothing is.</param>
internal sealed record UnitReading(ServiceSettings? Settings, string StartCommand, ImmutableDictionary<string, string> Environment, string Fault)
{
    internal static UnitReading None { get; } = new(null, "", ImmutableDictionary<string, string>.Empty, "");

    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/>.</exception>
    internal static UnitReading Of(HostRoot root, UnitDefinition definition)
    {
        var command = string.Join(" ; ", definition.Effective(ServiceSettings.Section, "ExecStart").Select(setting => setting.Value));
        if (definition.Name.Type != "service")
            return None with { StartCommand = command };

        var settings = ServiceSettings.Of(definition);
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var variable in Variables(root, settings))
            variables[variable.Name] = variable.Value;

        return new UnitReading(settings, command, variables.ToImmutable(), "");
    }

    // An environment file that may not be read is no fault of the unit: an ordinary user asks for a status, too.
    private static ImmutableArray<EnvironmentVariable> Variables(HostRoot root, ServiceSettings settings)
    {
        try
        {
            return UnitEnvironment.Read(root, settings);
        }
        catch (HxException)
        {
            return settings.Environment;
        }
    }
}
