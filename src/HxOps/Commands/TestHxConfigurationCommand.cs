using System.Management.Automation;
using HxOps.Deployments;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxConfiguration: what is wrong in the gateway's configuration files, told without running anything.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxConfiguration")]
[OutputType(typeof(ConfigurationFinding))]
public sealed class TestHxConfigurationCommand : HxSubjectCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        WriteAll(context, Run(() => new ConfigurationValidator(context).Validate()));
    }
}
