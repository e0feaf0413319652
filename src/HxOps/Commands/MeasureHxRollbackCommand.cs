using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Criteria;

namespace HxOps.Commands;

/// <summary>Measure-HxRollback: comes from signals to a decision by the criteria of a plan.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "HxRollback")]
[OutputType(typeof(RollbackDecision))]
public sealed class MeasureHxRollbackCommand : HxPlanCommand
{
    private const string DefaultPlan = "llm-hub";

    /// <summary>A JSON file with the signals, instead of an object of the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SignalPath { get; set; }

    private protected override bool Takes(object input) => true; // Signals come in any form.

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var plan = ReadPlan(Chosen ?? DefaultPlan);
        var signals = Run(() => SignalPath is null ? SignalObject.Read(InputObject) : SignalsReader.ReadFile(LocalPath(SignalPath)));
        Write(context, Run(() => plan.Decide(signals)));
    }
}
