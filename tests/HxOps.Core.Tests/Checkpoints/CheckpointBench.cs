using HxOps.Checkpoints;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Taking;
using HxOps.TestKit;

namespace HxOps.Core.Tests.Checkpoints;

/// <summary>A sample deployment with the agents that take and read its checkpoints.</summary>
public abstract class CheckpointBench : IDisposable
{
    protected SampleDeployment Sample { get; } = new();

    protected EventLog Events { get; } = new();

    public void Dispose()
    {
        Sample.Dispose();
        GC.SuppressFinalize(this);
    }

    protected CheckpointInfo Take(CheckpointKind kind = CheckpointKind.Checkpoint, string note = "")
    {
        using var lease = Sample.Lock();
        return new CheckpointWriter(Sample.Context).WriteAsync(new CheckpointRequest(kind, note), lease, Events, CancellationToken.None).GetAwaiter().GetResult();
    }

    protected VerifiedCheckpoint Verify(CheckpointInfo checkpoint) =>
        new CheckpointReader(Sample.Context).VerifyAsync(checkpoint, Events, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Extracts an archive as anybody would, without HxOps, and checks its checksums.</summary>
    protected string Extract(CheckpointInfo checkpoint)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Sample.Outside, checkpoint.Id)).FullName;
        Bash.Run(folder, $"tar xzf '{checkpoint.Path}'; cd snapshot; sha256sum -c --strict --quiet sha256sums.txt");
        return Path.Combine(folder, "snapshot");
    }
}
