using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HxOps.Services.Operating;

/// <summary>A unit of the gateway as it is: what its manager says, what the kernel says of its process, and what its files say.</summary>
public sealed record ServiceStatus
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>The same, by which the next command of a pipeline takes it.</summary>
    [JsonIgnore]
    public string Unit => Id;

    /// <summary>Whether it runs.</summary>
    public required UnitActivity Activity { get; init; }

    /// <summary>The manager's own words, such as <c>running</c> or <c>exit-code</c>.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Whether it starts at boot.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>The main process, or null.</summary>
    public int? MainProcessId { get; init; }

    /// <summary>The main process's command line as the kernel has it, without secrets; empty when none runs.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Name of the entry point that the command line belongs to; empty when the deployment file knows none.</summary>
    public string EntryPoint { get; init; } = "";

    /// <summary>Memory in bytes, or null where it is not accounted.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU time used, or null where it is not accounted.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>When the present activity began, where known.</summary>
    public DateTimeOffset? SinceUtc { get; init; }

    /// <summary>How often the manager has restarted it by itself.</summary>
    public int Restarts { get; init; }

    /// <summary>Host path of the unit file; empty when there is none.</summary>
    public string UnitFile { get; init; } = "";

    /// <summary>Host paths of the drop-ins, in the order in which they take effect.</summary>
    public ImmutableArray<string> DropIns { get; init; } = [];

    /// <summary>The start command that its file and all drop-ins come to, without secrets.</summary>
    public string StartCommand { get; init; } = "";

    /// <summary>The port that it is told to listen on, or null.</summary>
    public int? Port { get; init; }

    /// <summary>Whether one of its processes listens there; null where it cannot be seen.</summary>
    public bool? IsListening { get; init; }

    /// <summary>What an operator should know besides, one sentence each.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}
