using System.Collections.Immutable;
using System.Text;
using HxOps.Checkpoints;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>Entry points that checkpoints and safety checkpoints have recorded.</summary>
internal sealed class ArchivedEntryPoints(DeploymentContext context)
{
    private const int LargestUnitFile = 1 << 20;
    private readonly CheckpointReader _reader = new(context);

    /// <summary>One entry point for each checkpoint that holds the unit, newest first. A damaged archive is warned of and left out.</summary>
    internal async Task<ImmutableArray<EntryPoint>> ReadAsync(string unit, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<EntryPoint>();
        foreach (var checkpoint in new CheckpointCatalog(context).List())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (await ReadOneAsync(unit, checkpoint, events, cancellation) is { } entryPoint)
                    found.Add(entryPoint);
            }
            catch (HxException failure)
            {
                events.Report(new WarningEvent(failure.Id.Name, $"{checkpoint.Id} tells no entry point: {failure.Message}", checkpoint.Path));
            }
        }

        return found.ToImmutable();
    }

    private async Task<EntryPoint?> ReadOneAsync(string unit, CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
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
