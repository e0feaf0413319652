using System.Collections.Immutable;

namespace HxOps.Checkpoints;

/// <summary>A checkpoint as a listing shows it.</summary>
public sealed record CheckpointInfo
{
    /// <summary>The file name without its ending, such as <c>gw-checkpoint-20250818T175013Z</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The local path of the archive.</summary>
    public required string Path { get; init; }

    /// <summary>When it was taken, by the stamp in its name: a copied file's own time says nothing.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Whether an operator asked for it or a restore took it for safety.</summary>
    public required CheckpointKind Kind { get; init; }

    /// <summary>Who made the archive.</summary>
    public required CheckpointFormat Format { get; init; }

    /// <summary>Size of the archive in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Regular files of the deployment in it.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes of content before compression.</summary>
    public required long ContentBytes { get; init; }

    /// <summary>The deployment's name; empty for an archive of the old kit.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>The host it was taken on; empty for an archive of the old kit.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Whether the gateway answered when it was taken, so that the model manifest is in it.</summary>
    public GatewayState Gateway { get; init; }

    /// <summary>The operator's note.</summary>
    public string Note { get; init; } = "";

    /// <summary>Kept by every pruning.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Declared good by the operator; kept by every pruning.</summary>
    public bool IsKnownGood { get; init; }

    /// <summary>Folders, with their hosts before a colon, where copies were seen to be whole.</summary>
    public ImmutableArray<string> Copies { get; init; } = [];

    /// <summary>What could not be captured; zero means complete.</summary>
    public int Skipped { get; init; }

    /// <summary>Why the archive cannot be read; empty when it can.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>Why a checkpoint exists.</summary>
public enum CheckpointKind
{
    /// <summary>An operator or a schedule asked for it.</summary>
    Checkpoint,

    /// <summary>A restore took it before it changed anything.</summary>
    Safety,
}

/// <summary>Who made an archive.</summary>
public enum CheckpointFormat
{
    /// <summary>HxOps: it carries <c>snapshot/hxops.json</c>.</summary>
    HxOps,

    /// <summary>The bash kit: layout and checksums only.</summary>
    Kit,
}

/// <summary>Whether the gateway answered when a checkpoint was taken.</summary>
public enum GatewayState
{
    /// <summary>Nothing was recorded.</summary>
    Unknown,

    /// <summary>It listed its models.</summary>
    Answering,

    /// <summary>It did not answer, or not with a list of models.</summary>
    Down,
}
