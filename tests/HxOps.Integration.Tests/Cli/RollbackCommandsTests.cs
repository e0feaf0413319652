using System.Text.Json;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops rollback and plan, run as a script runs them.</summary>
public sealed class RollbackCommandsTests : IDisposable
{
    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Theory]
    [InlineData("""{"dataLoss": true, "errorRatePercent": 0.1}""", "Immediate", 5)]
    [InlineData("""{"errorRatePercent": 5.01}""", "WithinTheHour", 60)]
    [InlineData("""{"errorRatePercent": 5, "errorRateSustained": true}""", "Consider", null)]
    [InlineData("""{"errorRatePercent": 0.99}""", "FixForward", null)]
    [InlineData("""{"errorRatePercent": 1.5}""", "Undefined", null)]
    [InlineData("""{"errorRatePercent": null, "degradationPercent": NaN}""", "Inconclusive", null)]
    [Trait("Behaviour", "H-43")]
    public async Task H_43_decide_prints_decision_deadline_and_reasons(string signals, string decision, int? minutes)
    {
        _practice.Write("/signals.json", signals);

        var run = await _practice.RunAsync("rollback", "decide", "--plan", "llm-hub", "--signals", _practice.Local("/signals.json"), "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var document = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(decision, document.GetProperty("decision").GetString());
        Assert.Equal(minutes, document.GetProperty("deadlineMinutes") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null);
        Assert.NotEmpty(document.GetProperty("reasons").EnumerateArray());
    }

    [Fact]
    public async Task Signals_that_cannot_be_end_with_2_and_a_missing_file_with_3()
    {
        _practice.Write("/signals.json", """{"errorRate": 7}""");

        var wrong = await _practice.RunAsync("rollback", "decide", "--signals", _practice.Local("/signals.json"));
        var missing = await _practice.RunAsync("rollback", "decide", "--signals", _practice.Local("/none.json"));

        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("error SignalsInvalid", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(3, missing.ExitCode);
    }

    [Fact]
    public async Task Plans_are_listed_shown_and_tested()
    {
        var list = await _practice.RunAsync("plan", "list");
        var show = await _practice.RunAsync("plan", "show", "llm-hub", "--set", "site=https://staging.example.com");
        var test = await _practice.RunAsync("plan", "test", "llm-hub", "--json");

        Assert.Contains(list.Output.Split('\n'), line => line.StartsWith("llm-hub", StringComparison.Ordinal));
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("https://staging.example.com", show.Output, StringComparison.Ordinal);
        Assert.Contains("flag-off: set FEATURE_UNIFIED_LLM_HUB", show.Output, StringComparison.Ordinal);
        Assert.Equal(4, test.ExitCode); // The files that the plan names are not here.
        Assert.Contains(JsonDocument.Parse(test.Output).RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("id").GetString() == "FileMissing" && finding.GetProperty("place").GetString() == "emergency/flag-off");
    }

    [Fact]
    public async Task The_emergency_is_rehearsed_without_its_host_and_every_file_is_as_before_after_a_failure()
    {
        var run = await _practice.RunAsync("plan", "test", "llm-hub", "--rehearse", "--scenario", "emergency", "--json");

        var rehearsal = JsonDocument.Parse(run.Output).RootElement.GetProperty("rehearsals")[0];
        Assert.True(rehearsal.GetProperty("passed").GetBoolean(), run.All);
        Assert.Equal("Succeeded", rehearsal.GetProperty("forward").GetString());
        Assert.Equal("RolledBack", rehearsal.GetProperty("back").GetString());
        Assert.Contains(rehearsal.GetProperty("standIns").EnumerateArray(), part => part.GetString()!.StartsWith("compose recreate", StringComparison.Ordinal));
        Assert.Contains(rehearsal.GetProperty("steps").EnumerateArray(), step => step.GetProperty("id").GetString() == "flag-off" && step.GetProperty("state").GetString() == "Succeeded");
    }

    [Fact]
    public async Task A_rehearsal_finds_a_file_that_is_not_put_back_and_leaves_nothing_behind()
    {
        var plan = new PracticePlan(_practice).Write("""
                  - { name: mark, budget: 5s, action: { do: write-file, file: mark, content: new }, undo: { do: write-file, file: mark, content: other } }
            """);
        var before = _practice.State();

        var run = await _practice.RunAsync("plan", "test", plan.File, "--rehearse", "--json");

        Assert.Equal(4, run.ExitCode);
        var rehearsal = JsonDocument.Parse(run.Output).RootElement.GetProperty("rehearsals")[0];
        Assert.Equal("/srv/gateway/work/mark", rehearsal.GetProperty("notRestored")[0].GetString());
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_measured_and_its_signals_decide()
    {
        await File.AppendAllTextAsync(_practice.Deployment, "\n  - { name: healthz, kind: http, endpoint: upstream, path: /healthz }\n");

        var run = await _practice.RunAsync("gateway", "measure", "--duration", "1s", "--baseline", "20", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var signals = JsonDocument.Parse(run.Output).RootElement.GetProperty("signals");
        _practice.Write("/signals.json", signals.GetRawText());
        var decision = await _practice.RunAsync("rollback", "decide", "--signals", _practice.Local("/signals.json"), "--json");
        Assert.Equal("WithinTheHour", JsonDocument.Parse(decision.Output).RootElement.GetProperty("decision").GetString());
    }
}
