using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Configuration;

/// <summary>Validates the gateway's configuration files offline.</summary>
internal sealed class ConfigTestCommand(CommandHost host)
    : VerbCommand(host, "test", "Validate the gateway's configuration files without running anything.", "hxops config test")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var findings = new ConfigurationValidator(call.Context).Validate();
        call.Write(findings, HxJson.Output.ImmutableArrayConfigurationFinding, DeploymentViews.Findings);
        return Task.FromResult(findings.Any(finding => finding.Severity == Severity.Error) ? ExitCode.VerificationFailed : ExitCode.Done);
    }
}
