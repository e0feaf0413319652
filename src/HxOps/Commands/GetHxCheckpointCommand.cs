using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Completion;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Get-HxCheckpoint: the checkpoints that exist, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxCheckpoint")]
[OutputType(typeof(CheckpointInfo))]
public sealed class GetHxCheckpointCommand : HxSubjectCommand
{
    /// <summary>Ids of checkpoints, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Only checkpoints of this kind.</summary>
    [Parameter]
    public CheckpointKind? Kind { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var catalog = new CheckpointCatalog(context);
        ForEach(Id, id => WriteAll(context, Choose(catalog, id).Where(found => Kind is null || found.Kind == Kind)));
    }

    private IReadOnlyCollection<CheckpointInfo> Choose(CheckpointCatalog catalog, string id) => Names.IsPattern(id)
        ? Names.Matching(Run(() => catalog.List()), checkpoint => checkpoint.Id, id)
        : [Run(() => catalog.Find(UserPaths.Resolve(id, LocalPath)))];
}
