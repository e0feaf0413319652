using HxOps.Errors;
using HxOps.Rollback.Criteria;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class CriteriaEvaluatorTests
{
    [Theory]
    [Trait("Behaviour", "H-27")]
    [Trait("Behaviour", "H-28")]
    [Trait("Behaviour", "H-29")]
    [Trait("Behaviour", "H-30")]
    [InlineData("{\"dataLoss\":true}", "Data Loss: dataLoss is true")]
    [InlineData("{\"securityBreach\":true}", "Security Breach: securityBreach is true")]
    [InlineData("{\"completeOutage\":true}", "Complete Outage: completeOutage is true")]
    [InlineData("{\"databaseCorruption\":true}", "Database Corruption: databaseCorruption is true")]
    public void A_critical_issue_asks_for_a_rollback_within_five_minutes(string signals, string reason)
    {
        var decision = Decide(signals);

        Assert.Equal(Decision.Immediate, decision.Decision);
        Assert.Equal(5, decision.DeadlineMinutes);
        Assert.Equal([reason], decision.Reasons.ToArray());
    }

    [Theory]
    [Trait("Behaviour", "H-31")]
    [Trait("Behaviour", "H-32")]
    [Trait("Behaviour", "H-33")]
    [Trait("Behaviour", "H-34")]
    [InlineData("{\"errorRatePercent\":5.000001}")]
    [InlineData("{\"errorRatePercent\":100,\"errorRateSustained\":false}")]
    [InlineData("{\"degradationPercent\":50.1}")]
    [InlineData("{\"degradationPercent\":100}")]
    [InlineData("{\"criticalBug\":true}")]
    [InlineData("{\"regulatoryViolation\":true}")]
    public void A_high_issue_asks_for_a_rollback_within_the_hour(string signals)
    {
        var decision = Decide(signals);

        Assert.Equal(Decision.WithinTheHour, decision.Decision);
        Assert.Equal(60, decision.DeadlineMinutes);
    }

    [Theory]
    [Trait("Behaviour", "H-35")]
    [Trait("Behaviour", "H-36")]
    [Trait("Behaviour", "H-37")]
    [Trait("Behaviour", "H-38")]
    [InlineData("{\"errorRatePercent\":2.01,\"errorRateSustained\":true}")]
    [InlineData("{\"errorRatePercent\":5,\"errorRateSustained\":true}")]
    [InlineData("{\"degradationPercent\":20.5}")]
    [InlineData("{\"degradationPercent\":50}")]
    [InlineData("{\"userComplaints\":2}")]
    [InlineData("{\"adoptionPercent\":9.9,\"bounceRateHigh\":true}")]
    public void A_medium_issue_asks_to_consider_a_rollback_and_sets_no_time(string signals)
    {
        var decision = Decide(signals);

        Assert.Equal(Decision.Consider, decision.Decision);
        Assert.Null(decision.DeadlineMinutes);
    }

    [Theory]
    [Trait("Behaviour", "H-39")]
    [Trait("Behaviour", "H-40")]
    [Trait("Behaviour", "H-41")]
    [Trait("Behaviour", "H-42")]
    [InlineData("{\"minorBugs\":true}")]
    [InlineData("{\"degradationPercent\":9.99}")]
    [InlineData("{\"degradationPercent\":-20}")]
    [InlineData("{\"errorRatePercent\":0.99}")]
    [InlineData("{\"errorRatePercent\":0}")]
    [InlineData("{\"userInterfaceIssues\":true}")]
    public void A_low_issue_is_fixed_forward(string signals) => Assert.Equal(Decision.FixForward, Decide(signals).Decision);

    [Theory]
    [Trait("Behaviour", "T-18")]
    [InlineData("{\"errorRatePercent\":1}", "gap from 1 to 2")]
    [InlineData("{\"errorRatePercent\":1.5}", "gap from 1 to 2")]
    [InlineData("{\"errorRatePercent\":2,\"errorRateSustained\":true}", "gap from 1 to 2")]
    [InlineData("{\"degradationPercent\":10}", "gap from 10 to 20")]
    [InlineData("{\"degradationPercent\":20}", "gap from 10 to 20")]
    [InlineData("{\"errorRatePercent\":3,\"errorRateSustained\":false}", "errorRateSustained is false")]
    [InlineData("{\"errorRatePercent\":3}", "errorRateSustained is not known")]
    [InlineData("{\"adoptionPercent\":5}", "bounceRateHigh is not known")]
    [InlineData("{\"adoptionPercent\":10,\"bounceRateHigh\":true}", "adoptionPercent is 10")]
    [InlineData("{\"userComplaints\":1}", "userComplaints is 1")]
    [InlineData("{\"dataLoss\":false}", "dataLoss is false")]
    public void Signals_that_no_tier_covers_are_undefined_and_the_gap_is_named(string signals, string gap)
    {
        var decision = Decide(signals);

        Assert.Equal(Decision.Undefined, decision.Decision);
        Assert.Null(decision.DeadlineMinutes);
        Assert.Contains(gap, decision.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_is_not_called_harmless_because_another_signal_is() =>
        Assert.Equal(Decision.Undefined, Decide("{\"errorRatePercent\":1.5,\"degradationPercent\":0,\"minorBugs\":true}").Decision);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"errorRatePercent\":null,\"dataLoss\":null}")]
    [InlineData("{\"errorRatePercent\":NaN}")]
    [InlineData("{\"errorRatePercent\":\"NaN\"}")]
    public void Nothing_known_is_inconclusive(string signals) => Assert.Equal(Decision.Inconclusive, Decide(signals).Decision);

    [Fact]
    public void A_number_that_is_not_a_number_is_unknown_in_an_object_as_well() =>
        Assert.Equal(Decision.Inconclusive, new CriteriaEvaluator(LlmHubCriteria.Value).Decide(new RollbackSignals { ErrorRatePercent = double.NaN }).Decision);

    [Fact]
    public void The_most_severe_match_wins_and_every_match_is_a_reason()
    {
        var decision = Decide("{\"minorBugs\":true,\"degradationPercent\":25,\"errorRatePercent\":7,\"securityBreach\":true}");

        Assert.Equal(Decision.Immediate, decision.Decision);
        Assert.Equal(
            [
                "Security Breach: securityBreach is true", "Error Rate > 5%: errorRatePercent 7 is above 5",
                "Performance Degradation > 20%: degradationPercent 25 is above 20", "Minor Bugs: minorBugs is true",
            ],
            decision.Reasons.ToArray());
    }

    // Every pair of signals decides as the more severe of the two does alone.
    [Fact]
    public void The_order_of_tiers_holds_for_every_pair_of_signals()
    {
        string[] samples = ["\"dataLoss\":true", "\"criticalBug\":true", "\"degradationPercent\":21", "\"errorRatePercent\":1.5", "\"minorBugs\":true"];
        for (var worse = 0; worse < samples.Length; worse++)
        {
            for (var milder = worse + 1; milder < samples.Length; milder++)
            {
                var alone = Decide($"{{{samples[worse]}}}").Decision;
                Assert.Equal(alone, Decide($"{{{samples[milder]},{samples[worse]}}}").Decision);
                Assert.True(alone < Decide($"{{{samples[milder]}}}").Decision);
            }
        }
    }

    // The reference is the document's own text, written down a second time as plain comparisons.
    [Fact]
    public void Limits_are_strict_all_along_both_scales()
    {
        for (var tenths = 0; tenths <= 1000; tenths++)
        {
            var value = tenths / 10.0;
            var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var error = value > 5 ? Decision.WithinTheHour : value > 2 ? Decision.Consider : value < 1 ? Decision.FixForward : Decision.Undefined;
            Assert.Equal(error, Decide($"{{\"errorRatePercent\":{text},\"errorRateSustained\":true}}").Decision);
            var slow = value > 50 ? Decision.WithinTheHour : value > 20 ? Decision.Consider : value < 10 ? Decision.FixForward : Decision.Undefined;
            Assert.Equal(slow, Decide($"{{\"degradationPercent\":{text}}}").Decision);
        }
    }

    [Theory]
    [Trait("Behaviour", "H-43")]
    [InlineData("{\"dataLoss\":true}", "yes", "EXECUTE IMMEDIATE ROLLBACK (< 5 min)")]
    [InlineData("{\"dataLoss\":false,\"securityBreach\":false,\"completeOutage\":false,\"databaseCorruption\":false,\"errorRatePercent\":6}", "no yes", "EXECUTE ROLLBACK WITHIN 1 HOUR")]
    [InlineData("{\"errorRatePercent\":4,\"errorRateSustained\":true,\"degradationPercent\":51}", "? no yes", "EXECUTE ROLLBACK WITHIN 1 HOUR")]
    [InlineData("{\"errorRatePercent\":0.5,\"degradationPercent\":5}", "? no no yes", "DEPLOY FIX")]
    [InlineData("{\"criticalBug\":true,\"errorRatePercent\":0.5}", "? no ? no", "EXECUTE CONTROLLED ROLLBACK")]
    [InlineData("{\"degradationPercent\":30}", "? ? no ?", "")]
    public void The_path_through_the_decision_tree_is_told(string signals, string answers, string end)
    {
        var path = Decide(signals).Path;

        Assert.Equal(answers, string.Join(' ', path.Select(step => step.Answer switch { true => "yes", false => "no", null => "?" })));
        Assert.Equal(end, path[^1].Leads);
    }

    [Theory]
    [InlineData("{\"dataLos\":true}", "dataLoss")]
    [InlineData("{\"errorRate\":7}", "errorRatePercent")]
    [InlineData("{\"dataLoss\":1}", "true or false")]
    [InlineData("{\"errorRatePercent\":\"7\"}", "a number")]
    [InlineData("{\"errorRatePercent\":101}", "between 0 and 100")]
    [InlineData("{\"errorRatePercent\":1e999}", "between 0 and 100")]
    [InlineData("{\"userComplaints\":-1}", "between 0 and")]
    [InlineData("{\"dataLoss\":true,\"dataLoss\":false}", "not JSON")]
    [InlineData("[1]", "one JSON object")]
    [InlineData("{\"dataLoss\":", "not JSON")]
    [InlineData("", "not JSON")]
    public void Signals_that_cannot_be_meant_are_refused(string signals, string words)
    {
        var error = Assert.Throws<HxException>(() => SignalsReader.Read(signals, "signals.json"));

        Assert.Equal(CriteriaErrors.SignalsInvalid, error.Id);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_signals_has_a_bound()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{" + new string(' ', SignalsReader.MostBytes) + "}");
            Assert.Equal(CriteriaErrors.SignalsInvalid, Assert.Throws<HxException>(() => SignalsReader.ReadFile(path)).Id);
            File.Delete(path);
            Assert.Equal(CommonErrors.PathNotFound, Assert.Throws<HxException>(() => SignalsReader.ReadFile(path)).Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static RollbackDecision Decide(string signals) =>
        new CriteriaEvaluator(LlmHubCriteria.Value).Decide(SignalsReader.Read(signals, "signals.json"));
}
