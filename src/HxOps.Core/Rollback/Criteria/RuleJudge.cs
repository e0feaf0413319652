namespace HxOps.Rollback.Criteria;

/// <summary>Judges one rule.</summary>
internal static class RuleJudge
{
    /// <summary>Whether the rule holds; null when that hangs on a signal nobody knows.</summary>
    public static bool? Judge(CriteriaRule rule, RollbackSignals signals) =>
        (Measured(rule, signals), rule.While is null ? true : IsTrue(rule.While, signals)) switch
        {
            (false, _) or (_, false) => false,
            (true, true) => true,
            _ => null,
        };

    /// <summary>Whether the signal itself is beyond the limit, whatever must be true besides.</summary>
    public static bool? Measured(CriteriaRule rule, RollbackSignals signals) => (Value(rule.Signal, signals), rule.Comparison) switch
    {
        (null, _) => null,
        ({ } value, Comparison.Above) => value > rule.Limit,
        ({ } value, Comparison.Below) => value < rule.Limit,
        ({ } value, _) => value > 0,
    };

    public static bool? IsTrue(string flag, RollbackSignals signals) => Value(flag, signals) is { } value ? value > 0 : null;

    public static double? Value(string signal, RollbackSignals signals) => SignalCatalog.Find(signal)?.Read(signals);

    /// <summary>Why a rule that holds does so: <c>Error Rate &gt; 5%: errorRatePercent 7 is above 5</c>.</summary>
    public static string Explain(CriteriaRule rule, RollbackSignals signals) =>
        $"{rule.Name}: {Finding(rule, signals)}{(rule.While is null ? "" : $" and {rule.While} is true")}";

    public static string Finding(CriteriaRule rule, RollbackSignals signals)
    {
        var value = SignalCatalog.Text(Value(rule.Signal, signals) ?? double.NaN);
        return rule.Comparison switch
        {
            Comparison.Above => $"{rule.Signal} {value} is above {SignalCatalog.Text(rule.Limit)}",
            Comparison.Below => $"{rule.Signal} {value} is below {SignalCatalog.Text(rule.Limit)}",
            _ => $"{rule.Signal} is true",
        };
    }
}
