using System.Collections.Immutable;

namespace HxOps.Evidence;

/// <summary>What a test of the audit log found.</summary>
public sealed record AuditReport
{
    /// <summary>The local path of the log.</summary>
    public required string Id { get; init; }

    /// <summary>Whether every line is there and as it was written.</summary>
    public bool Passed => Findings.IsEmpty;

    /// <summary>How many lines there are.</summary>
    public required int Entries { get; init; }

    /// <summary>Lines that were edited, and places where lines are missing.</summary>
    public required ImmutableArray<AuditFinding> Findings { get; init; }

    /// <summary>The report in words, one finding a line, the verdict last.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var finding in Findings)
        {
            yield return "\u274c " + finding.Message;
        }

        yield return Passed ? $"\u2705 {Entries} entries, each as it was written." : $"\u274c The audit log {Id} was tampered with.";
    }
}

/// <summary>Something wrong with the audit log.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Message">The finding in words.</param>
public sealed record AuditFinding(int Line, AuditFlaw Kind, string Message);

/// <summary>What can be wrong with the audit log.</summary>
public enum AuditFlaw
{
    /// <summary>A line is not as it was written.</summary>
    Edited,

    /// <summary>Lines are gone.</summary>
    Deleted,
}
