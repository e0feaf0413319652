using System.Collections.Immutable;
using HxOps.Files;
using HxOps.Reporting;

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

    /// <summary>Tells of files of the unit that may hold secrets and cannot be read here, so that nobody relies on what nobody could take out.</summary>
    internal void Warn(string unit, IProgress<HxEvent> events)
    {
        var secrets = UnitSecrets.Of(root, unit);
        foreach (var path in secrets.Unread)
            events.Report(new WarningEvent("SecretsUnknown", $"{path} cannot be read here, so a secret that only it holds is not taken out of the log of {unit}.", path));
    }

    private ImmutableArray<string> SecretsOf(string unit) => UnitSecrets.Of(root, unit).Values;
}
