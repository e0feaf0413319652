using System.Management.Automation;
using HxOps.Checkpoints;
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

    /// <summary>Handles one checkpoint.</summary>
    private protected abstract void Execute(DeploymentContext context, CheckpointInfo checkpoint);

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (ParameterSetName == ByValue)
            ForEach(Checkpoint, checkpoint => Execute(Open(checkpoint), checkpoint));
        else if (ParameterSetName == ByPath)
            ForEach(Path, path => ExecuteNamed(LocalPath(path)));
        else if (Id is null)
            ExecuteNamed(null);
        else
            ForEach(Id, ExecuteNamed);
    }

    /// <summary>A checkpoint by id or local path; null gives the newest.</summary>
    private protected CheckpointInfo Find(DeploymentContext context, string? idOrPath) => Run(() => new CheckpointCatalog(context).Find(idOrPath));

    private void ExecuteNamed(string? idOrPath)
    {
        var context = Open(null);
        Execute(context, Find(context, idOrPath));
    }
}
