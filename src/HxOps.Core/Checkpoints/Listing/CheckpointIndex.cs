using System.Text.Json;
using HxOps.Checkpoints.Layout;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Checkpoints.Listing;

/// <summary>
/// What listings have found out about archives, kept so that none is opened twice. Only a cache: an archive is recognized by name, size and
/// time, a broken index is made anew, and one that cannot be written is done without.
/// </summary>
internal sealed class CheckpointIndex(DeploymentContext context)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int LongestIndex = 64 << 20;

    private string IndexPath => Path.Combine(StateFolder.Of(context), "index.json");

    /// <summary>What is known, by file name.</summary>
    internal Dictionary<string, IndexRecord> Load()
    {
        try
        {
            if (new FileInfo(IndexPath) is { Exists: true, Length: <= LongestIndex })
            {
                var document = JsonSerializer.Deserialize(UntouchedFile.ReadAllBytes(IndexPath), CheckpointJson.Default.IndexDocument);
                return document?.Checkpoints.ToDictionary(record => record?.File ?? throw new JsonException("A record is null."), StringComparer.Ordinal) ?? [];
            }
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException || FileFailure.IsOne(broken))
        {
            // It is made anew.
        }

        return [];
    }

    /// <summary>Remembers one checkpoint more.</summary>
    internal void Add(CheckpointInfo info)
    {
        var known = Load();
        var record = IndexRecord.Of(info, CheckpointFile.Identify(info.Path));
        known[record.File] = record;
        Save(known.Values);
    }

    /// <summary>Remembers these and forgets all others.</summary>
    internal void Save(IEnumerable<IndexRecord> records)
    {
        var document = new IndexDocument { Checkpoints = [.. records.OrderBy(record => record.File, StringComparer.Ordinal)] };
        try
        {
            StateFolder.Make(context);
            DurableFile.WriteAllBytes(IndexPath, JsonSerializer.SerializeToUtf8Bytes(document, CheckpointJson.Default.IndexDocument), Mode);
        }
        catch (HxException)
        {
            // Listing is slower without it, and nothing else. Whoever lists need not be allowed to write.
        }
    }
}

/// <summary>The form of <c>index.json</c>.</summary>
internal sealed record IndexDocument
{
    public required IReadOnlyList<IndexRecord> Checkpoints { get; init; }
}

/// <summary>What the index knows of one archive.</summary>
internal sealed record IndexRecord
{
    public required string File { get; init; }

    public required long SizeBytes { get; init; }

    public required long ModifiedNanoseconds { get; init; }

    public required CheckpointFormat Format { get; init; }

    public required int Files { get; init; }

    public required long ContentBytes { get; init; }

    public string Deployment { get; init; } = "";

    public string HostName { get; init; } = "";

    public GatewayState Gateway { get; init; }

    public string Note { get; init; } = "";

    public int Skipped { get; init; }

    public string Problem { get; init; } = "";

    /// <summary>Whether the record tells of the file as it is now.</summary>
    internal bool IsOf(ArchiveIdentity archive) => SizeBytes == archive.SizeBytes && ModifiedNanoseconds == archive.ModifiedNanoseconds;

    internal static IndexRecord Of(CheckpointInfo info, ArchiveIdentity archive) => new()
    {
        File = Path.GetFileName(info.Path),
        SizeBytes = archive.SizeBytes,
        ModifiedNanoseconds = archive.ModifiedNanoseconds,
        Format = info.Format,
        Files = info.Files,
        ContentBytes = info.ContentBytes,
        Deployment = info.Deployment,
        HostName = info.HostName,
        Gateway = info.Gateway,
        Note = info.Note,
        Skipped = info.Skipped,
        Problem = info.Problem,
    };
}
