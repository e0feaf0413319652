using System.Collections.Immutable;

namespace HxOps.Services.EntryPoints;

/// <summary>What a rehearsal of a change showed, and how far it can be believed.</summary>
public sealed record RehearsalReport
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the wanted entry point proved itself in the sandbox.</summary>
    public required bool IsProven { get; init; }

    /// <summary>Why it did not; empty when it did.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the wanted program itself ran, rather than a stand-in on its command line.</summary>
    public required bool RanProgram { get; init; }

    /// <summary>What was as it is on the host.</summary>
    public required ImmutableArray<string> Real { get; init; }

    /// <summary>What was different from the host or stood in for something.</summary>
    public required ImmutableArray<string> StoodIn { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
