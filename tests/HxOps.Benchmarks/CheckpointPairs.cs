using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Taking;
using HxOps.Files.Locking;

namespace HxOps.Benchmarks;

/// <summary>Taking, verifying and listing checkpoints.</summary>
internal sealed class CheckpointPairs(BenchmarkGround ground)
{
    private const int Listed = 500;

    private readonly Silence _events = new();

    private string KitFolder => Path.Combine(ground.Folder, "kit");

    private string ResticFolder => Path.Combine(ground.Folder, "restic");

    internal IEnumerable<Pair> All()
    {
        yield return new Pair("create", "staging copy, sha256sum, tar czf", 0.15) { Prepare = MakeFolders, Ours = CreateAsync, Theirs = CreateWithKit };
        yield return new Pair("pigz", "tar | pigz", 0.65)
        {
            Needs = "pigz",
            Prepare = MakeFolders,
            Ours = CreateAsync,
            Theirs = () => Shell.RunAsync(ground.Root.Locate("/opt/gw"), $"tar cf - scripts | pigz > {KitFolder}/pigz.tgz; sync {KitFolder}/pigz.tgz"),
        };
        yield return new Pair("verify", "tar xzf and sha256sum -c", 0.15) { Prepare = CreateAsync, Ours = VerifyAsync, Theirs = VerifyWithTar };
        yield return new Pair("list", "restic snapshots --json", 0.15)
        {
            Needs = "restic",
            Prepare = FillLists,
            Ours = List,
            Theirs = () => Shell.RunAsync(ResticFolder, "restic -q -r repository snapshots --json > listed.json"),
        };
    }

    private Task MakeFolders()
    {
        Directory.CreateDirectory(KitFolder);
        return Task.CompletedTask;
    }

    /// <summary>Takes a checkpoint of the ground.</summary>
    internal async Task CreateAsync()
    {
        using var lease = DeploymentLock.Acquire(StateFolder.Of(ground.Context), "a benchmark");
        var checkpoint = await new CheckpointWriter(ground.Context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, _events, CancellationToken.None);
        File.Move(checkpoint.Path, Path.Combine(ground.Folder, "ours.tgz"), overwrite: true);
    }

    private Task CreateWithKit() => Shell.RunAsync(
        ground.Root.Locate("/opt/gw"),
        $"rm -rf {KitFolder}/snapshot; mkdir {KitFolder}/snapshot; cp -a scripts {KitFolder}/snapshot/; cd {KitFolder}/snapshot; "
        + "find . -type f ! -name sha256sums.txt -print0 | xargs -0 sha256sum > sha256sums.txt; cd ..; tar czf kit.tgz snapshot; sync kit.tgz; rm -rf snapshot");

    /// <summary>Verifies the one taken last.</summary>
    internal async Task VerifyAsync()
    {
        var checkpoint = new CheckpointInfo
        {
            Id = "ours",
            Path = Path.Combine(ground.Folder, "ours.tgz"),
            CreatedUtc = DateTimeOffset.UnixEpoch,
            Kind = CheckpointKind.Checkpoint,
            Format = CheckpointFormat.HxOps,
            SizeBytes = 0,
            Files = 0,
            ContentBytes = 0,
        };
        await new CheckpointVerifier(ground.Context).VerifyAsync(checkpoint, _events, CancellationToken.None);
    }

    private Task VerifyWithTar() => Shell.RunAsync(
        ground.Folder, "rm -rf extracted; mkdir extracted; tar xzf ours.tgz -C extracted; cd extracted/snapshot; sha256sum -c --quiet sha256sums.txt; cd ../..; rm -rf extracted");

    private Task List()
    {
        var count = new CheckpointCatalog(ListContext).List().Length;
        return count == Listed ? Task.CompletedTask : throw new InvalidOperationException($"{count} checkpoints were listed.");
    }

    private DeploymentContext ListContext => ground.Open("/opt/gw/many");

    // Archives of one small file, seen once by a listing; and as many snapshots of the same file.
    private async Task FillLists()
    {
        var folder = Directory.CreateDirectory(ground.Root.Locate("/opt/gw/many")).FullName;
        var source = Directory.CreateDirectory(Path.Combine(ground.Folder, "small")).FullName;
        File.WriteAllText(Path.Combine(source, "file"), "content\n");
        var archive = Path.Combine(ground.Folder, "small.tgz");
        await Shell.RunAsync(ground.Folder, "mkdir -p snapshot/scripts; cp small/file snapshot/scripts/; cd snapshot; sha256sum scripts/file > sha256sums.txt; cd ..; tar czf small.tgz snapshot");
        for (var number = 0; number < Listed; number++)
        {
            var stamp = DateTime.UnixEpoch.AddYears(55).AddHours(number).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            File.Copy(archive, Path.Combine(folder, $"gw-checkpoint-{stamp}.tgz"));
        }

        Environment.SetEnvironmentVariable("RESTIC_PASSWORD", "benchmark");
        Directory.CreateDirectory(ResticFolder);
        await Shell.RunAsync(ResticFolder, $"restic -q -r repository init; for i in $(seq {Listed}); do restic -q -r repository backup --force --time \"2025-01-01 00:00:00\" {source} > /dev/null; done");
        await List();
    }
}
