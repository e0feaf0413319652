using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Taking;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Benchmarks;

/// <summary>Restoring a checkpoint to a place where nothing is yet, beside unpacking it with tar.</summary>
internal sealed class RestorePairs(BenchmarkGround ground)
{
    private readonly Silence _events = new();
    private CheckpointInfo? _checkpoint;
    private int _round;

    internal IEnumerable<Pair> All()
    {
        yield return new Pair("drill", "tar xzf and sha256sum -c", 0.60) { Prepare = TakeAsync, Ours = DrillAsync, Theirs = () => Unpack("rm -rf $dir") };
        yield return new Pair("durable", "tar xzf, sha256sum -c and sync", 1.00) { Prepare = TakeAsync, Ours = RestoreAsync, Theirs = () => Unpack("sync -f $dir") };
    }

    private async Task TakeAsync()
    {
        using var lease = DeploymentLock.Acquire(StateFolder.Of(ground.Context), "a benchmark");
        _checkpoint = await new CheckpointWriter(ground.Context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, _events, CancellationToken.None);
    }

    private async Task DrillAsync() => await new CheckpointVerifier(ground.Context).DrillAsync(_checkpoint!, _events, CancellationToken.None);

    // Verify, compare, safety checkpoint, stage, sync, rename, sync: the whole transaction.
    private async Task RestoreAsync()
    {
        var context = ground.Context with { Root = HostRoot.At(NextFolder("root")) };
        var options = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate | RestoreSwitches.NoServices };
        var plan = await new RestorePlanner(context).PlanAsync(_checkpoint!, options, _events, CancellationToken.None);
        var result = await new RestoreRunner(context).RunAsync(plan, _events, CancellationToken.None);
        if (result.Outcome != RestoreOutcome.Restored)
            throw new InvalidOperationException($"The restore ended as {result.Outcome}: {result.Reason}");

        if (Environment.GetEnvironmentVariable("HXOPS_BENCHMARK_STEPS") is not null)
            Console.WriteLine(string.Join(", ", result.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Elapsed.TotalMilliseconds:0} ms"))));
    }

    private Task Unpack(string end) =>
        Shell.RunAsync(ground.Folder, $"dir={NextFolder("unpacked")}; tar xzf {_checkpoint!.Path} -C $dir; (cd $dir/snapshot; sha256sum -c --quiet sha256sums.txt); {end}");

    private string NextFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(ground.Folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{++_round}"))).FullName;
}
