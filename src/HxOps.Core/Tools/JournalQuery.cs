namespace HxOps.Tools;

/// <summary>Which entries of the journal are asked for.</summary>
/// <param name="Unit">Full unit name.</param>
public sealed record JournalQuery(string Unit)
{
    /// <summary>The oldest entry's time, or null for any.</summary>
    public DateTimeOffset? SinceUtc { get; init; }

    /// <summary>The least important priority wanted, 0 (emergency) to 7 (debug), or null for any.</summary>
    public int? Priority { get; init; }

    /// <summary>The most entries; the newest are taken.</summary>
    public int MostLines { get; init; } = 1000;
}

/// <summary>One entry of the journal.</summary>
/// <param name="TimeUtc">When it was received.</param>
/// <param name="Priority">Syslog priority, 0 (emergency) to 7 (debug).</param>
/// <param name="Source">Who wrote it: the program's or systemd's own identifier.</param>
/// <param name="ProcessId">The writing process, or null.</param>
/// <param name="Text">What it says. Not yet redacted.</param>
public sealed record JournalEntry(DateTimeOffset TimeUtc, int Priority, string Source, int? ProcessId, string Text);
