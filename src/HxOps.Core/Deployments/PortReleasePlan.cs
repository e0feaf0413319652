using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Deployments;

/// <summary>Which processes are ended so that the gateway has its ports.</summary>
/// <param name="Intruders">Those processes; empty when nobody else holds a port.</param>
public sealed record PortReleasePlan(ImmutableArray<PortIntruder> Intruders)
{
    /// <summary>How many processes they are; one may hold several ports.</summary>
    public int Processes => Intruders.Select(intruder => intruder.ProcessId).Distinct().Count();

    /// <summary>The plan as lines of text.</summary>
    public ImmutableArray<string> Describe() => Intruders.IsEmpty ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"end {Processes} process{(Processes == 1 ? "" : "es")} that hold{(Processes == 1 ? "s" : "")} what a unit of the gateway shall listen on"),
        .. Intruders.Select(intruder => $"  {intruder}"),
    ];
}

/// <summary>A process that listens where a unit of the deployment should.</summary>
public sealed record PortIntruder
{
    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The unit that should listen there.</summary>
    public required string Unit { get; init; }

    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it started, in clock ticks since boot: another process that later gets its id has another start.</summary>
    public required long StartTicks { get; init; }

    /// <summary>The user that it acts as: a name, else a number.</summary>
    public required string User { get; init; }

    /// <summary>What it was started as, without secrets.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The process in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"port {Port} of {Unit}: PID {ProcessId} of {User}: {CommandLine}");
}
