using System.Runtime.CompilerServices;
using System.Text;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Files.Metadata;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints.History;

/// <summary>Entry points that checkpoints and safety checkpoints have recorded.</summary>
internal sealed class ArchivedEntryPoints(DeploymentContext context)
{
    private const int LargestUnitFile = 1 << 20;
    private readonly CheckpointReader _reader = new(context);

    /// <summary>
    /// One entry point for each checkpoint that holds the unit, newest first. Each archive is read whole when it is come to, so whoever has
    /// found his own stops there. A damaged archive is warned of and left out.
    /// </summary>
    internal async IAsyncEnumerable<EntryPoint> EnumerateAsync(string unit, IProgress<HxEvent> events, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var checkpoint in new CheckpointCatalog(context).Survey())
        {
            if (await TryReadAsync(unit, checkpoint, events, cancellation) is { } entryPoint)
                yield return entryPoint;
        }
    }

    /// <summary>The entry point that one checkpoint holds, or null when there is no such checkpoint or it does not hold the unit.</summary>
    internal async Task<EntryPoint?> FindAsync(string unit, string checkpointId, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new CheckpointCatalog(context).Survey().FirstOrDefault(checkpoint => checkpoint.Id == checkpointId) is { } checkpoint
            ? await TryReadAsync(unit, checkpoint, events, cancellation)
            : null;

    private async Task<EntryPoint?> TryReadAsync(string unit, CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(unit, checkpoint, events, cancellation);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(failure.Id.Name, $"{checkpoint.Id} tells no entry point: {failure.Message}", checkpoint.Path));
            return null;
        }
    }

    private async Task<EntryPoint?> ReadAsync(string unit, CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var verified = await _reader.VerifyAsync(checkpoint, events, cancellation);
        if (UnitFileSet.Of(unit, Texts(unit, verified)).ExecStart() is not { } setting)
            return null;

        return new EntryPoint
        {
            Id = checkpoint.Id,
            Unit = unit,
            Command = setting.Value,
            Kind = "",
            Origin = checkpoint.Kind == CheckpointKind.Safety ? EntryPointOrigin.SafetyCheckpoint : EntryPointOrigin.Checkpoint,
            File = setting.Origin.ToString(),
            RecordedUtc = checkpoint.CreatedUtc,
            Note = checkpoint.Note,
        };
    }

    private Dictionary<string, string> Texts(string unit, VerifiedCheckpoint verified)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var content = _reader.Open(verified);
        while (content.ReadEntry() is { } entry)
        {
            if (entry is { HostPath: { } path, Metadata: { Kind: FileKind.File, Size: <= LargestUnitFile } } && UnitFileSet.IsOf(unit, path))
                texts[path] = ReadText(content, (int)entry.Metadata.Size);
        }

        return texts;
    }

    private static string ReadText(CheckpointContent content, int size)
    {
        var bytes = new byte[size];
        var filled = 0;
        while (filled < size && content.Read(bytes.AsSpan(filled)) is > 0 and var count)
            filled += count;

        return Encoding.UTF8.GetString(bytes, 0, filled);
    }
}
