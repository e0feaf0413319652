using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Rollback.Running;

namespace HxOps.Commands;

/// <summary>Resume-HxRollback: goes on with a rollback that was interrupted.</summary>
[Cmdlet(VerbsLifecycle.Resume, "HxRollback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunResult))]
public sealed class ResumeHxRollbackCommand : HxSubjectCommand
{
    /// <summary>The run to resume; the newest interrupted one unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RollbackCompleter))]
    public string? Id { get; set; }

    /// <summary>What to do with a step of which nothing tells whether it has happened.</summary>
    [Parameter]
    public DoubtRule InDoubt { get; set; } = DoubtRule.Ask;

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var id = Named(Id, OutputName.Run);
        var lines = Run(() => new PlanRunner(context, new AgreedBeforehand("")).DescribeResume(id));
        if (Agree(lines[0], lines.Skip(1)))
            WriteRun(context, (approver, events, stop) => new PlanRunner(context, approver).ResumeAsync(id, InDoubt, events, stop));
    }
}
