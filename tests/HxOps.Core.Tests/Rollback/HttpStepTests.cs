using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class HttpStepTests : IDisposable
{
    private const string Flag = "{ see: feature-flag, url: \"${site}/api/v1/features/unified_llm_hub\", flag: unified_llm_hub, is: \"off\" }";
    private const string Pages = "{ see: pages, base: \"${site}\", pages: [/admin/llm-provider-keys, /admin/llm-model-catalog, /admin/llm-routing, /admin/llm-analytics] }";

    private readonly PlanFixture _fixture = new();
    private readonly ToySite _site = new();

    [Fact]
    [Trait("Behaviour", "P-03")]
    [Trait("Behaviour", "P-04")]
    [Trait("Behaviour", "T-15")]
    public async Task The_kill_switch_is_thrown_as_json_and_read_back()
    {
        var result = await RunAsync(Switch("on") + Switch("off"));

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Contains("POST /admin/kill-switch application/json {\"enabled\":true,\"reason\":\"Emergency rollback\"}", _site.Requests);
        Assert.Contains("status disabled", result.Steps[0].Finding, StringComparison.Ordinal);
        Assert.False(_site.IsKilled);
    }

    [Fact]
    [Trait("Behaviour", "T-09")]
    public async Task A_kill_switch_left_on_is_no_success()
    {
        var result = await RunAsync(Switch("on"));

        Assert.Equal(RunOutcome.Inconclusive, result.Outcome);
        Assert.Contains("still on", Assert.Single(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "P-05")]
    public async Task The_other_way_is_taken_when_the_kill_switch_does_not_follow()
    {
        _site.IsDeaf = true;
        var result = await RunAsync(Switch("on", "500ms") + "        else: { action: { do: command, program: ./step.sh, arguments: [effect, down] }, observe: [{ see: file, file: down.count }] }\n");

        Assert.Equal(1, _fixture.Count("down"));
        Assert.Contains("still on", Assert.Single(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_switch_that_a_failed_run_threw_is_turned_off_again_and_one_that_was_on_before_stays_on()
    {
        Assert.Equal(RunOutcome.RolledBack, (await RunAsync(Switch("on") + PlanFixture.Step("bad", "fail"))).Outcome);
        Assert.False(_site.IsKilled);

        _site.IsKilled = true;
        Assert.Equal(RunOutcome.RolledBack, (await RunAsync(Switch("on") + PlanFixture.Step("bad", "fail"))).Outcome);
        Assert.True(_site.IsKilled);
    }

    [Theory]
    [Trait("Behaviour", "H-11")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""", "")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":10}}""", "config.rollout_percentage is 10, not 0")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":true,"config":{"enabled":false,"rollout_percentage":0}}""", "enabled is true, not false")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":true,"rollout_percentage":0}}""", "config.enabled is true, not false")]
    [InlineData("""{"flag":"another","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""", "flag is")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":"false","config":{"enabled":false,"rollout_percentage":0}}""", "enabled is")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false}""", "no 'config.enabled'")]
    [InlineData("<html>", "not JSON")]
    public async Task A_flag_is_off_when_all_four_fields_say_so(string answer, string words)
    {
        _site.Flag = answer;

        var result = await RunAsync(Wait(Flag));

        Assert.Equal(words.Length == 0, result.Outcome == RunOutcome.Succeeded);
        Assert.Contains(words, string.Concat(result.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "H-07")]
    [Trait("Behaviour", "H-08")]
    [Trait("Behaviour", "H-09")]
    [Trait("Behaviour", "H-10")]
    [InlineData("/admin/llm-provider-keys")]
    [InlineData("/admin/llm-model-catalog")]
    [InlineData("/admin/llm-routing")]
    [InlineData("/admin/llm-analytics")]
    public async Task Every_one_of_the_four_pages_must_answer(string page)
    {
        Assert.Equal(RunOutcome.Succeeded, (await RunAsync(Wait(Pages))).Outcome);
        Assert.Contains($"HEAD {page}  ", _site.Requests);

        _site.Missing.Add(page);
        var result = await RunAsync(Wait(Pages));

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Contains($"{page} HTTP 404, not 200", string.Concat(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_be_seen_at_the_end_decides()
    {
        var plan = _fixture.Plan(Wait(Pages) + "    success: [" + Flag + "]\n", $"values: {{ site: \"{_site.Url}\" }}");
        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(plan)).Outcome);
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_not_seen()
    {
        _site.Dispose();
        var result = await RunAsync(Wait(Flag));

        Assert.Contains("no answer", string.Concat(result.Reasons), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _site.Dispose();
        _fixture.Dispose();
    }

    private Task<RunResult> RunAsync(string steps) => _fixture.RunAsync(_fixture.Plan(steps, $"values: {{ site: \"{_site.Url}\" }}"));

    private static string Switch(string turn, string budget = "10s") => $$"""
              - name: kill-switch-{{turn}}
                budget: {{budget}}
                action: { do: kill-switch, url: "${site}/admin/kill-switch", health: "${site}/healthz", turn: "{{turn}}", reason: Emergency rollback }

        """;

    private static string Wait(string condition) => $$"""
              - name: look
                budget: 2s
                action: { do: wait }
                observe: [{{condition}}]

        """;
}
