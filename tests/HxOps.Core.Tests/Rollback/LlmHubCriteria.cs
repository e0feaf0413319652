using HxOps.Rollback.Criteria;

namespace HxOps.Core.Tests.Rollback;

/// <summary>The criteria of the LLM Hub document.</summary>
internal static class LlmHubCriteria
{
    public static RollbackCriteria Value { get; } = new(
        [
            new CriteriaTier(Decision.Immediate, TimeSpan.FromMinutes(5),
                [Flag("Data Loss", "dataLoss"), Flag("Security Breach", "securityBreach"), Flag("Complete Outage", "completeOutage"), Flag("Database Corruption", "databaseCorruption")]),
            new CriteriaTier(Decision.WithinTheHour, TimeSpan.FromMinutes(60),
                [Above("Error Rate > 5%", "errorRatePercent", 5), Above("Performance Degradation > 50%", "degradationPercent", 50), Flag("Critical Bug", "criticalBug"), Flag("Regulatory Violation", "regulatoryViolation")]),
            new CriteriaTier(Decision.Consider, null,
                [Above("Error Rate > 2%", "errorRatePercent", 2, "errorRateSustained"), Above("Performance Degradation > 20%", "degradationPercent", 20), Above("User Complaints", "userComplaints", 1), Below("Feature Adoption < 10%", "adoptionPercent", 10, "bounceRateHigh")]),
            new CriteriaTier(Decision.FixForward, null,
                [Flag("Minor Bugs", "minorBugs"), Below("Performance Issues < 10%", "degradationPercent", 10), Below("Low Error Rate < 1%", "errorRatePercent", 1), Flag("UI/UX Issues", "userInterfaceIssues")]),
        ],
        [
            new TreeQuestion("Is there a critical issue?", ["Data Loss", "Security Breach", "Complete Outage", "Database Corruption"], "EXECUTE IMMEDIATE ROLLBACK (< 5 min)", ""),
            new TreeQuestion("Is error rate > 5%?", ["Error Rate > 5%"], "EXECUTE ROLLBACK WITHIN 1 HOUR", ""),
            new TreeQuestion("Is performance degraded > 50%?", ["Performance Degradation > 50%"], "EXECUTE ROLLBACK WITHIN 1 HOUR", ""),
            new TreeQuestion("Can we fix forward?", [], "DEPLOY FIX", "EXECUTE CONTROLLED ROLLBACK"),
        ]);

    private static CriteriaRule Flag(string name, string signal) => new(name, signal, Comparison.IsTrue, 0, null);

    private static CriteriaRule Above(string name, string signal, double limit, string? also = null) => new(name, signal, Comparison.Above, limit, also);

    private static CriteriaRule Below(string name, string signal, double limit, string? also = null) => new(name, signal, Comparison.Below, limit, also);
}
