namespace HxOps.Rollback.Criteria;

/// <summary>A signal by name: how it is read, and what it may be.</summary>
internal sealed record SignalDefinition
{
    private SignalDefinition()
    {
    }

    /// <summary>Its name in signal files and plans.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is true or false rather than a number.</summary>
    public required bool IsFlag { get; init; }

    /// <summary>The least and the greatest number that make sense.</summary>
    public (double Least, double Most) Bounds { get; private init; } = (0, 1);

    /// <summary>The number of it, a flag as 0 or 1; null when unknown.</summary>
    public required Func<RollbackSignals, double?> Read { get; init; }

    /// <summary>The signals with this one set.</summary>
    public required Func<RollbackSignals, double, RollbackSignals> With { get; init; }

    public static SignalDefinition Flag(string name, Func<RollbackSignals, bool?> read, Func<RollbackSignals, bool, RollbackSignals> with) => new()
    {
        Name = name,
        IsFlag = true,
        Read = signals => read(signals) is { } value ? value ? 1 : 0 : null,
        With = (signals, value) => with(signals, value > 0),
    };

    public static SignalDefinition Number(
        string name, (double Least, double Most) bounds, Func<RollbackSignals, double?> read, Func<RollbackSignals, double, RollbackSignals> with) => new()
        {
            Name = name,
            IsFlag = false,
            Bounds = bounds,
            Read = signals => read(signals) is { } value && !double.IsNaN(value) ? value : null,
            With = with,
        };
}
