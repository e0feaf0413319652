using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Units;

namespace HxOps.Services;

/// <summary>
/// Takes secrets out of what a unit logged: those of the deployment, and those that only the unit's own environment knows, such as the
/// production key in its environment file.
/// </summary>
/// <param name="root">Where the unit files lie.</param>
/// <param name="deployment">Knows the deployment's secrets.</param>
internal sealed class UnitLogRedactor(HostRoot root, Redactor deployment)
{
    /// <summary>The lines without their secrets.</summary>
    internal ImmutableArray<LogLine> Redact(string unit, IEnumerable<LogLine> lines)
    {
        var own = new Redactor(SecretsOf(unit));
        return [.. lines.Select(line => line with { Text = deployment.Redact(own.Redact(line.Text)) })];
    }

    /// <summary>A text about the unit without its secrets.</summary>
    internal string Redact(string unit, string text) => deployment.Redact(new Redactor(SecretsOf(unit)).Redact(text));

    private ImmutableArray<string> SecretsOf(string unit)
    {
        try
        {
            return new UnitLoader(root).TryLoad(unit) is { IsMasked: false } definition
                ? [.. UnitEnvironment.Read(root, ServiceSettings.Of(definition)).Where(IsSecret).Select(variable => variable.Value)]
                : [];
        }
        catch (HxException)
        {
            // A unit that cannot be read has a log all the same, and its lines are still searched for what looks like a secret.
            return [];
        }
    }

    /// <summary>A variable whose assignment would not be shown holds a secret.</summary>
    private static bool IsSecret(EnvironmentVariable variable)
    {
        var assignment = $"{variable.Name}={variable.Value}";
        return Redactor.PatternsOnly.Redact(assignment) != assignment;
    }
}
