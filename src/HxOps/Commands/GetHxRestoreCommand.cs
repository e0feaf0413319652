using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Restoring;

namespace HxOps.Commands;

/// <summary>Get-HxRestore: the restores that were made, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxRestore")]
[OutputType(typeof(RestoreInfo))]
public sealed class GetHxRestoreCommand : HxSubjectCommand
{
    /// <summary>Ids of restores, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RestoreCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var restores = Run(() => new RestoreCatalog(context).List());
        ForEach(Id, name => WriteAll(context, Names.Choose(restores, restore => restore.Id, name, RestoreErrors.NotFound, "restore")));
    }
}
