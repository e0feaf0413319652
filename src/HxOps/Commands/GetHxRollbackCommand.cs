using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Rollback.Running;

namespace HxOps.Commands;

/// <summary>Get-HxRollback: the rollbacks that were run, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxRollback")]
[OutputType(typeof(RunInfo))]
public sealed class GetHxRollbackCommand : HxSubjectCommand
{
    /// <summary>Ids of runs, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RollbackCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var runs = Run(() => new RunCatalog(context).List());
        ForEach(Id, name => WriteAll(context, Names.Choose(runs, run => run.Id, name, RunErrors.NotFound, "rollback")));
    }
}
