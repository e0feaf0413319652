using System.Collections.Immutable;
using HxOps.Checkpoints.Proving;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Reporting;

namespace HxOps.Restoring.Committing;

/// <summary>
/// Makes every new entry beside its target, complete with owner, mode, attributes and time, and durable. The content is checked against
/// the verified checksums while it is written.
/// </summary>
internal sealed class RestoreStager(DeploymentContext context)
{
    private const string Activity = "Staging";
    private const uint PrivateFolder = 0x1C0; // 700: whatever it shall be, nobody else looks in before it is done.

    private readonly MetadataWriter _metadata = new(new MetadataReader(new AccountDirectory()));

    /// <summary>Stages and gives back the inode of each step's staged entry, in the order of the steps; zero where there is none.</summary>
    internal ImmutableArray<ulong> Stage(VerifiedCheckpoint verified, StagePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        MakeFolders(plan);
        WriteFiles(verified, plan, events, cancellation);
        MakeLinks(plan);
        FinishFolders(plan);
        MakeDurable(plan);
        return [.. plan.Steps.Select(InodeOf)];
    }

    private void MakeFolders(StagePlan plan)
    {
        foreach (var entry in plan.Entries.Where(IsFolder))
        {
            var local = context.Root.Locate(entry.HostPath);
            if (Posix.MakeFolder(local, PrivateFolder) < 0)
                throw FileFailure.FromErrno(Posix.LastError, entry.HostPath, "make");
        }
    }

    private void WriteFiles(VerifiedCheckpoint verified, StagePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var byContent = plan.Entries
            .Where(entry => entry.Wanted is { Content: not null })
            .GroupBy(entry => entry.Wanted!.Content!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        if (byContent.Count == 0)
            return;

        using var content = new CheckpointReader(context).Open(verified);
        using var writer = new StagedFileWriter(context, _metadata);
        var done = 0;
        while (content.ReadEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!byContent.TryGetValue(entry.ArchivePath, out var names))
                continue;

            writer.Write(content, names, cancellation);
            events.Report(new ProgressEvent(Activity, names[0].Wanted!.HostPath, ++done, byContent.Count, ProgressUnit.Items));
        }

        writer.Complete();
        events.Report(new ProgressFinishedEvent(Activity));
    }

    private void MakeLinks(StagePlan plan)
    {
        foreach (var entry in plan.Entries.Where(entry => entry.Wanted is { Kind: FileKind.SymbolicLink }))
        {
            var local = context.Root.Locate(entry.HostPath);
            if (Posix.SymbolicLink(entry.Wanted!.Entry!.Metadata.LinkTarget ?? "", local) < 0)
                throw FileFailure.FromErrno(Posix.LastError, entry.Wanted.HostPath, "make");

            _metadata.Apply(local, entry.Wanted.Setting);
        }
    }

    // From the bottom up: making something in a folder moves its time.
    private void FinishFolders(StagePlan plan)
    {
        foreach (var entry in plan.Entries.Reverse().Where(IsFolder))
            _metadata.Apply(context.Root.Locate(entry.HostPath), entry.Wanted?.Setting ?? DefaultFolder);
    }

    private static bool IsFolder(StagedEntry entry) => entry.Wanted is null or { Kind: FileKind.Directory };

    // A folder that no archive describes and that only leads to others, made as an administrator would.
    private static MetadataSetting DefaultFolder => new(0x1ED, Posix.EffectiveUser(), Posix.EffectiveGroup()); // 755

    private void MakeDurable(StagePlan plan) =>
        DiskSync.FlushFileSystems(plan.Steps.Where(step => step.Staged is not null).Select(step => LocalFolderOf(step.HostPath)).Distinct(StringComparer.Ordinal));

    private string LocalFolderOf(string hostPath) => Path.GetDirectoryName(context.Root.Locate(hostPath)) ?? "/";

    private ulong InodeOf(CommitStep step)
    {
        if (step.Kind is not (CommitStepKind.Place or CommitStepKind.Exchange))
            return 0;

        var local = context.Root.Locate(step.Staged!);
        return Posix.TryStat(local, out var stat) ? stat.Inode : throw FileFailure.FromErrno(Posix.LastError, step.HostPath, "stage");
    }
}
