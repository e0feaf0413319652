using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Completion;

namespace HxOps.Pipeline;

/// <summary>A command that works on checkpoints that the user names, pipes, or leaves to the newest.</summary>
public abstract class HxCheckpointCommand : HxDeploymentCommand
{
    /// <summary>Parameter set: by id.</summary>
    private protected const string ById = "ById";

    /// <summary>Parameter set: by path.</summary>
    private protected const string ByPath = "ByPath";

    /// <summary>Parameter set: by value.</summary>
    private protected const string ByValue = "ByValue";

    /// <summary>Ids of checkpoints; without any, the newest one.</summary>
    [Parameter(ParameterSetName = ById, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string[]? Id { get; set; }

    /// <summary>Archives anywhere on this machine.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Checkpoints from the pipeline.</summary>
    [Parameter(ParameterSetName = ByValue, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public CheckpointInfo[] Checkpoint { get; set; } = [];

    /// <summary>What another command of HxOps wrote about a checkpoint: that one is worked on, where it came from.</summary>
    [Parameter(ParameterSetName = ById, ValueFromPipeline = true)]
    [OtherOutput]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    private string[]? _chosen;

    /// <summary>Handles one checkpoint.</summary>
    private protected abstract void Execute(DeploymentContext context, CheckpointInfo checkpoint);

    /// <inheritdoc/>
    protected override void BeginProcessing() => _chosen = Id; // Later there may be one that the pipeline brings.

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (ParameterSetName == ByValue)
            ForEach(Checkpoint, checkpoint => Execute(Open(checkpoint), checkpoint));
        else if (ParameterSetName == ByPath)
            ForEach(Path, path => ExecuteNamed(LocalPath(path)));
        else if (_chosen is null && Held is { } held)
            Execute(Open(InputObject), held);
        else if (Named is { } named)
            ForEach(named, name => ExecuteNamed(UserPaths.Resolve(name, LocalPath)));
        else
            ExecuteUnnamed(Open(InputObject));
    }

    /// <summary>Handles what is meant where neither user nor pipeline says which checkpoint: the newest.</summary>
    private protected virtual void ExecuteUnnamed(DeploymentContext context) => Execute(context, Find(context, null));

    /// <summary>A checkpoint by id or local path; null gives the newest.</summary>
    private protected CheckpointInfo Find(DeploymentContext context, string? idOrPath) => Run(() => new CheckpointCatalog(context).Find(idOrPath));

    // Its archive may lie outside of the backups, where its id would not be found.
    private CheckpointInfo? Held => (InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject) switch
    {
        CheckpointVerification verification => verification.Checkpoint,
        RetentionDecision decision => decision.Checkpoint,
        _ => null,
    };

    // An output has an Id whatever it is about; that of any other object is what the user means by it.
    private string[]? Named => _chosen is not null || InputObject is null ? Id : OutputName.Checkpoint.In(InputObject) is { } name ? [name] : null;

    private void ExecuteNamed(string idOrPath)
    {
        var context = Open(InputObject);
        Execute(context, Find(context, idOrPath));
    }
}
