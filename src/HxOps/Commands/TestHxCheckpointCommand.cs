using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Proving;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxCheckpoint: proves that checkpoints are whole, and with a drill that they could be restored.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxCheckpoint", DefaultParameterSetName = ById)]
[OutputType(typeof(CheckpointVerification))]
public sealed class TestHxCheckpointCommand : HxCheckpointCommand
{
    /// <summary>Also extracts to a scratch folder and validates the configuration there.</summary>
    [Parameter]
    public SwitchParameter Drill { get; set; }

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var verifier = new CheckpointVerifier(context);
        Write(context, Run((events, stop) => Drill
            ? verifier.DrillAsync(checkpoint, events, stop)
            : verifier.VerifyAsync(checkpoint, events, stop)));
    }
}
