using System.Text;
using HxOps.Checkpoints.Layout;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Sources;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Services;

namespace HxOps.Checkpoints.Taking;

/// <summary>Takes checkpoints.</summary>
public sealed class CheckpointWriter(DeploymentContext context)
{
    private const UnixFileMode ArchiveMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // It may hold the environment file.
    private const UnixFileMode FolderMode = (UnixFileMode)0x1E8; // 750

    /// <summary>
    /// Takes one checkpoint: takes back what an interrupted change of the service left, validates, captures in one pass, and returns when the
    /// archive is durable under its final name.
    /// </summary>
    /// <param name="request">What is wanted of it.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <param name="events">Progress and warnings.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind.</param>
    /// <exception cref="HxException">
    /// <see cref="CheckpointErrors.RequiredPathMissing"/>, <see cref="CheckpointErrors.PlaceTaken"/>, <see cref="CheckpointErrors.TooLarge"/>, <see cref="RestoreErrors.Unfinished"/>,
    /// or a failure to read or write a file.
    /// </exception>
    public Task<CheckpointInfo> WriteAsync(CheckpointRequest request, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Task.Run(async () =>
        {
            RefuseUnfinished();
            await new InterruptedWork(context).TakeBackAsync(lease, events);
            return Write(request, events, cancellation);
        }, cancellation);
    }

    /// <summary>What a checkpoint would capture at this moment; changes nothing.</summary>
    /// <exception cref="HxException"><see cref="CheckpointErrors.RequiredPathMissing"/> or <see cref="RestoreErrors.Unfinished"/>, as when it is taken.</exception>
    public CapturePlan Plan()
    {
        RefuseUnfinished();
        var expansion = new SourceExpander(context).Expand(context.Deployment.Components);
        RefuseMissing(expansion);
        RefuseTooLarge(expansion);
        return CapturePlan.Of(context.Deployment, expansion);
    }

    private CheckpointInfo Write(CheckpointRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var components = request.Kind == CheckpointKind.Safety ? RestorableComponents.Of(context.Deployment) : context.Deployment.Components;
        var expansion = new SourceExpander(context).Expand(components);
        if (request.Kind == CheckpointKind.Checkpoint)
            RefuseMissing(expansion); // A safety checkpoint records what is missing: bringing it back may be why it is taken.

        RefuseTooLarge(expansion);

        // The gateway is asked while files are read: it may take its time.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var models = ModelManifest.AskAsync(context, stop.Token);
        try
        {
            var folder = context.Root.Locate(context.Deployment.Backups.Folder);
            FolderSync.Create(folder, FolderMode);
            DurableFile.RemoveAbandoned(folder);
            var name = FreeName(folder, request.Kind);
            var path = Path.Combine(folder, name.Id(context.Deployment.Backups) + CheckpointName.Ending);

            using var file = DurableFile.Create(path, ArchiveMode);
            var manifest = Fill(file, expansion, models, Begin(name, request, expansion), events, cancellation);
            cancellation.ThrowIfCancellationRequested(); // Also by who was told just now that something is missing.
            file.Commit();

            var info = InfoOf(manifest, path);
            new CheckpointIndex(context).Add(info);
            return info;
        }
        finally
        {
            stop.Cancel();
            models.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private CheckpointManifest Fill(
        DurableFile file, SourceExpansion expansion, Task<ModelManifest> models, CheckpointManifest manifest, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        try
        {
            using var archive = context.Codecs.Archives.Create(file.Content);
            var snapshot = new SnapshotWriter(context, archive, events);
            snapshot.Capture(expansion, cancellation);
            AddPython(snapshot);
            manifest = AddModels(snapshot, models, manifest, events);
            return snapshot.Complete(manifest);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, file.Path, "write"); // Failures to read come with their own path already.
        }
    }

    // Half a restore is no state that anybody wants back. A restore repairs before it takes its safety checkpoint.
    private void RefuseUnfinished()
    {
        if (new RestoreCatalog(context).Open() is [var oldest, ..])
            throw new HxException(RestoreErrors.Unfinished, oldest.Begun.Id, $"The restore {oldest.Begun.Id} was interrupted, and the files may be partly old and partly new.");
    }

    private void AddPython(SnapshotWriter snapshot)
    {
        if (context.Deployment.Python is not { } python)
            return;

        if (PythonFingerprint.Read(context.Root, python) is not { } fingerprint)
        {
            snapshot.Skip(new SkippedPath(python.Path, "", "there is no Python environment"));
            return;
        }

        snapshot.AddGenerated(CheckpointLayout.PipFreeze, Encoding.UTF8.GetBytes(fingerprint.Freeze));
        if (fingerprint.PackageVersion is { } version)
            snapshot.AddGenerated(CheckpointLayout.PackageVersion(python.Package), Encoding.UTF8.GetBytes(version + "\n"));
        else
            snapshot.Skip(new SkippedPath(python.Path, "", $"the package {python.Package} is not installed there"));
    }

    private static CheckpointManifest AddModels(
        SnapshotWriter snapshot, Task<ModelManifest> asked, CheckpointManifest manifest, IProgress<HxEvent> events)
    {
        var models = asked.GetAwaiter().GetResult();
        if (models.Content is { } content)
            snapshot.AddGenerated(CheckpointLayout.Models, content);
        else if (models.State == GatewayState.Down)
            events.Report(new WarningEvent("GatewayDown", $"The checkpoint is made without the list of models: {models.Finding}.", CheckpointLayout.Models));

        return manifest with { Gateway = models.State, GatewayFinding = models.Finding };
    }

    private CheckpointManifest Begin(CheckpointName name, CheckpointRequest request, SourceExpansion expansion) => new()
    {
        Format = CheckpointManifest.CurrentFormat,
        Id = name.Id(context.Deployment.Backups),
        Writer = $"HxOps {typeof(CheckpointWriter).Assembly.GetName().Version?.ToString(3)}",
        CreatedUtc = name.CreatedUtc,
        Kind = request.Kind,
        Deployment = context.Deployment.Name,
        HostName = Environment.MachineName,
        Note = request.Note,
        Gateway = GatewayState.Unknown,
        Entries = [],
        Absent = expansion.Absent,
        Skipped = [],
    };

    private static CheckpointInfo InfoOf(CheckpointManifest manifest, string path)
    {
        var (_, size, _) = CheckpointFile.Identify(path);
        return CheckpointDescription.Of(manifest, CheckpointFormat.HxOps, path, size);
    }

    // Each run has a second of its own. One that comes within the second of another takes the next, rather than waiting for it.
    private CheckpointName FreeName(string folder, CheckpointKind kind)
    {
        var name = CheckpointName.At(context.Clock.GetUtcNow(), kind);
        while (File.Exists(Path.Combine(folder, name.Id(context.Deployment.Backups) + CheckpointName.Ending)))
            name = name.Next();
        return name;
    }

    // Whoever reads it back refuses what goes beyond the bounds of an archive, and that must not come to light when it is needed.
    private void RefuseTooLarge(SourceExpansion expansion)
    {
        const int ourOwn = 16; // Manifest, checksums, and what is generated.
        var bounds = ArchiveBounds.Default;
        var bytes = 0L;
        foreach (var entry in expansion.Entries.DistinctBy(entry => entry.Metadata.Identity)) // Of several names of a file the archive holds the content once.
        {
            if ((bytes += entry.Metadata.Size) > bounds.TotalBytes - (2L * CheckpointLayout.LongestManifest))
                throw TooLarge($"with {entry.HostPath} of {entry.Metadata.Size} bytes there are more than {bounds.TotalBytes} bytes");
        }

        if (expansion.Entries.Length > bounds.Members - ourOwn)
            throw TooLarge($"there are {expansion.Entries.Length} paths, and an archive takes {bounds.Members}");
    }

    private HxException TooLarge(string why) => new(CheckpointErrors.TooLarge, context.Deployment.Name, $"{context.Deployment.Name} is too large for a checkpoint: {why}.");

    private static void RefuseMissing(SourceExpansion expansion)
    {
        if (expansion.MissingRequired.IsEmpty)
            return;

        var paths = string.Join(", ", expansion.MissingRequired);
        var verb = expansion.MissingRequired.Length == 1 ? "does" : "do";
        throw new HxException(CheckpointErrors.RequiredPathMissing, paths, $"No checkpoint was made: {paths} {verb} not exist and the deployment requires it.");
    }
}
