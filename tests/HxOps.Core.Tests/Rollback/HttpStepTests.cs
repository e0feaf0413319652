using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Rollback.Switches;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class HttpStepTests : IDisposable
{
    private const string Flag = "{ see: feature-flag, url: \"${site}/api/v1/features/unified_llm_hub\", flag: unified_llm_hub, is: \"off\" }";
    private const string KillSwitchOff = "{ see: kill-switch, url: \"${site}/healthz\", is: \"off\" }";
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
    [Trait("Behaviour", "T-09")]
    [InlineData("<html>maintenance</html>", "<html>maintenance</html>")]
    [InlineData("{}", "[]")]
    [InlineData("""{"status":"disabled","reason":"Kill switch active"}""", "")]
    [InlineData("""{"status":"disabled","reason":"maintenance"}""", "")]
    public async Task A_kill_switch_is_off_only_when_an_answer_names_a_status_that_serves(string first, string second)
    {
        // The second answer is that of a service that goes down between two requests.
        var asked = 0;
        _site.Health = () => Interlocked.Increment(ref asked) % 2 == 1 ? (200, first) : (second.Length > 0 ? 200 : 503, second);

        var result = await RunAsync(Wait(KillSwitchOff));
        asked = 0;
        var state = await new KillSwitches(_fixture.Context).GetAsync(Address(), CancellationToken.None);
        var set = await Assert.ThrowsAsync<HxException>(() =>
            new KillSwitches(_fixture.Context).SetAsync(Address(), SwitchPosition.Off, "", TimeSpan.FromSeconds(1), _fixture.Events, CancellationToken.None));

        Assert.NotEqual(RunOutcome.Succeeded, result.Outcome);
        Assert.False(state is { State: SwitchPosition.Off, Answered: AnswerSource.Live });
        Assert.Equal(SwitchErrors.NotObserved, set.Id);
    }

    [Fact]
    public async Task A_kill_switch_is_looked_at_by_one_request_and_sent_what_it_asks_for()
    {
        _site.Token = "sk-planted-master-key";

        Assert.Equal(RunOutcome.Succeeded, (await RunAsync(Wait(KillSwitchOff.Replace(" }", ", secret: master }", StringComparison.Ordinal)))).Outcome);
        Assert.Single(_site.Requests);
        Assert.Equal(AnswerSource.Live, (await new KillSwitches(_fixture.Context).GetAsync(Address(), CancellationToken.None)).Answered);
    }

    [Fact]
    public async Task What_a_cache_says_of_a_switch_is_not_seen()
    {
        _site.Age = 3600;

        var result = await RunAsync(Wait(Flag));
        var state = await new FeatureFlags(_fixture.Context).GetAsync(FlagAddress(), CancellationToken.None);

        Assert.Contains("a cache says", string.Concat(result.Reasons), StringComparison.Ordinal);
        Assert.Equal(AnswerSource.Cached, state.Answered);
    }

    [Fact]
    public async Task A_flag_that_answers_only_to_its_secret_is_set_and_seen_with_it()
    {
        _site.Token = "sk-planted-master-key";
        _site.Flag = ToySite.FlagText(on: true);

        var result = await RunAsync("""
                  - name: flag
                    budget: 5s
                    action: { do: feature-flag, url: "${site}/api/v1/features/unified_llm_hub", flag: unified_llm_hub, turn: "off", secret: master }

            """ + Wait(Flag.Replace(" }", ", secret: master }", StringComparison.Ordinal)));
        var state = await new FeatureFlags(_fixture.Context).GetAsync(FlagAddress(), CancellationToken.None);

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal((SwitchPosition.Off, AnswerSource.Live), (state.State, state.Answered));
    }

    [Fact]
    public async Task Who_waits_for_a_switch_is_told_how_far_the_wait_has_come_and_what_is_seen()
    {
        _site.IsDeaf = true;
        _site.Flag = ToySite.FlagText(on: true);
        var events = new EventLog();

        var failure = await Assert.ThrowsAsync<HxException>(() => new FeatureFlags(_fixture.Context)
            .SetAsync(FlagAddress(), SwitchPosition.Off, TimeSpan.FromMilliseconds(200), events, CancellationToken.None));

        Assert.Same(SwitchErrors.NotObserved, failure.Id);
        Assert.Contains(events.Events.OfType<ProgressEvent>(), progress => progress is { Activity: "Waiting for the flag unified_llm_hub", Total: 200, Status.Length: > 0 });
        Assert.Single(events.Events.OfType<ProgressFinishedEvent>());
    }

    [Theory]
    [Trait("Behaviour", "H-11")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""", "")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":false,"rollout_percentage":10}}""", "enabled false, config.enabled false, rollout 10")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":true,"config":{"enabled":false,"rollout_percentage":0}}""", "enabled true, config.enabled false")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false,"config":{"enabled":true,"rollout_percentage":0}}""", "enabled false, config.enabled true")]
    [InlineData("""{"flag":"another","enabled":false,"config":{"enabled":false,"rollout_percentage":0}}""", "not that of this flag")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":"false","config":{"enabled":false,"rollout_percentage":0}}""", "enabled not told")]
    [InlineData("""{"flag":"unified_llm_hub","enabled":false}""", "config.enabled not told")]
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

    private KillSwitchAddress Address() => KillSwitchAddress.At(new Uri(_site.Url + "/admin/kill-switch"), null) with { Secret = "master" };

    private FlagAddress FlagAddress() => new("unified_llm_hub", new Uri(_site.Url + "/api/v1/features/unified_llm_hub"), "master");

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
