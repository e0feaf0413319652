using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>The configuration is valid; Test-HxConfiguration tells the details.</summary>
internal sealed class ConfigurationCheck : IPreflightCheck
{
    private const string Id = "Configuration";

    /// <inheritdoc/>
    public string Subject => "configuration";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var findings = new ConfigurationValidator(context).Validate();
        var errors = findings.Count(finding => finding.Severity == Severity.Error);
        var warnings = findings.Count(finding => finding.Severity == Severity.Warning);
        var worst = findings.Where(finding => finding.Severity != Severity.Information).OrderBy(finding => finding.Severity).FirstOrDefault();
        var first = worst is null ? "" : $": {worst.File}:{worst.Position}: {worst.Message}";
        return new PreflightResult(Id, errors > 0 ? Verdict.Unhealthy : Verdict.Healthy, $"{errors} errors, {warnings} warnings{first}",
            errors > 0 ? worst!.Remedy + " Test-HxConfiguration lists every finding." : "");
    }
}
