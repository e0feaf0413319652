using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;

namespace HxOps.Rollback.Criteria;

/// <summary>Every signal that criteria may name. The one table that reader, evaluator and schema share.</summary>
internal static class SignalCatalog
{
    private static readonly (double, double) Share = (0, 100);
    private static readonly (double, double) Slowdown = (-100, 1_000_000);
    private static readonly (double, double) Count = (0, 1_000_000_000);

    public static ImmutableArray<SignalDefinition> All { get; } =
    [
        SignalDefinition.Flag("dataLoss", s => s.DataLoss, (s, value) => s with { DataLoss = value }),
        SignalDefinition.Flag("securityBreach", s => s.SecurityBreach, (s, value) => s with { SecurityBreach = value }),
        SignalDefinition.Flag("completeOutage", s => s.CompleteOutage, (s, value) => s with { CompleteOutage = value }),
        SignalDefinition.Flag("databaseCorruption", s => s.DatabaseCorruption, (s, value) => s with { DatabaseCorruption = value }),
        SignalDefinition.Flag("criticalBug", s => s.CriticalBug, (s, value) => s with { CriticalBug = value }),
        SignalDefinition.Flag("regulatoryViolation", s => s.RegulatoryViolation, (s, value) => s with { RegulatoryViolation = value }),
        SignalDefinition.Flag("minorBugs", s => s.MinorBugs, (s, value) => s with { MinorBugs = value }),
        SignalDefinition.Flag("userInterfaceIssues", s => s.UserInterfaceIssues, (s, value) => s with { UserInterfaceIssues = value }),
        SignalDefinition.Flag("bounceRateHigh", s => s.BounceRateHigh, (s, value) => s with { BounceRateHigh = value }),
        SignalDefinition.Flag("errorRateSustained", s => s.ErrorRateSustained, (s, value) => s with { ErrorRateSustained = value }),
        SignalDefinition.Number("errorRatePercent", Share, s => s.ErrorRatePercent, (s, value) => s with { ErrorRatePercent = value }),
        SignalDefinition.Number("degradationPercent", Slowdown, s => s.DegradationPercent, (s, value) => s with { DegradationPercent = value }),
        SignalDefinition.Number("adoptionPercent", Share, s => s.AdoptionPercent, (s, value) => s with { AdoptionPercent = value }),
        SignalDefinition.Number("userComplaints", Count, s => s.UserComplaints, (s, value) => s with { UserComplaints = value }),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(signal => signal.Name)];

    /// <summary>The signal called <paramref name="name"/>, or null.</summary>
    public static SignalDefinition? Find(string name) => All.FirstOrDefault(signal => signal.Name == name);

    /// <summary>Refuses a number that cannot have been measured.</summary>
    public static void RefuseNonsense(RollbackSignals signals, string source)
    {
        foreach (var signal in All)
        {
            if (signal.Read(signals) is { } value && (value < signal.Bounds.Least || value > signal.Bounds.Most))
            {
                throw new HxException(CriteriaErrors.SignalsInvalid, source,
                    $"{signal.Name} is {Text(value)}; it must lie between {Text(signal.Bounds.Least)} and {Text(signal.Bounds.Most)}.");
            }
        }
    }

    public static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
