using HxOps.Checkpoints;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;
using HxOps.TestKit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>A sample deployment whose restores have guards. The clock is the test's own, so no deadline can pass by itself.</summary>
public abstract class GuardBench : RestoreBench
{
    protected static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    protected GuardBench()
    {
        // Stands in for hxops: it names the restores, as 'restore list' does, and is no guard.
        Sample.HxopsCommand = ["/bin/sh", "-c", "ls \"$0\"", Path.Combine(StateFolder.Of(Sample.Context), "restores")];
    }

    protected static RestoreOptions Guarded { get; } = FilesOnly with { ConfirmWithin = Within };

    protected RestoreGuard Guard => new(Sample.Context);

    protected RestoreInfo Info(string id) => new RestoreCatalog(Sample.Context).List().Single(restore => restore.Id == id);

    protected string Config => Sample.Read(SampleDeployment.Config);

    /// <summary>Takes a checkpoint, changes the configuration, and restores with a guard.</summary>
    protected RestoreResult RestoreGuarded(RestoreOptions? options = null)
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "before\n");
        Sample.Clock.Advance(TimeSpan.FromSeconds(1));
        return Restore(checkpoint, options ?? Guarded);
    }

    protected RestoreInfo Confirm(string? id) => new RestoreConfirmer(Sample.Context).ConfirmAsync(id, Events, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A guard at work; its end is the test's to await.</summary>
    protected Task StandGuard(string? id) => Task.Run(() => Guard.WatchAsync(id, Events, CancellationToken.None));
}
