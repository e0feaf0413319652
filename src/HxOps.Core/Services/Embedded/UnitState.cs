using System.Text.Json.Serialization;
using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>What the supervisor remembers of a unit between processes. It holds no environment and no command line: either may be secret.</summary>
internal sealed record UnitState
{
    /// <summary>Full unit name.</summary>
    public required string Unit { get; init; }

    /// <summary>What was last known to be so.</summary>
    public required UnitPhase Phase { get; init; }

    /// <summary>Unique to one start; every process of it carries it in its environment.</summary>
    public required string Invocation { get; init; }

    /// <summary>When the phase began.</summary>
    public required DateTimeOffset SinceUtc { get; init; }

    /// <summary>The process that is starting it, or ran it to its end.</summary>
    public ProcessIdentity? Starter { get; init; }

    /// <summary>The main process, once known.</summary>
    public ProcessIdentity? Main { get; init; }

    /// <summary>Its exit code, where somebody was there to see it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The variable by which every process of this start is found.</summary>
    [JsonIgnore]
    public string Mark => $"{InvocationVariable}={Invocation}";

    /// <summary>The processes of this start.</summary>
    [JsonIgnore]
    public ProcessSession Session => new(Main is { IsOfThisBoot: true } ? Main : null, Mark);

    /// <summary>systemd's own name for it, so that a service sees no difference.</summary>
    internal const string InvocationVariable = "INVOCATION_ID";
}

/// <summary>What was last known of a unit.</summary>
internal enum UnitPhase
{
    /// <summary>It is being started.</summary>
    Starting,

    /// <summary>It was started and has not been stopped.</summary>
    Started,

    /// <summary>A oneshot service ended well and counts as active.</summary>
    Remains,

    /// <summary>It is being stopped.</summary>
    Stopping,

    /// <summary>It was stopped, or ended well.</summary>
    Stopped,

    /// <summary>It took no notice of its stop signal and was killed.</summary>
    Killed,

    /// <summary>It ended by itself in a way that is not success.</summary>
    Failed,
}

[JsonSourceGenerationOptions(WriteIndented = true, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UnitState))]
internal sealed partial class UnitStateJson : JsonSerializerContext;
