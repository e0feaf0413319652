using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops flag and killswitch against a site that follows orders, one that does not, and none.</summary>
public sealed class SwitchCommandsTests : IDisposable
{
    private readonly PracticeFiles _practice = new();
    private readonly ToySite _site = new();

    public void Dispose()
    {
        _site.Dispose();
        _practice.Dispose();
    }

    [Fact]
    public async Task A_flag_that_is_set_is_seen_live_and_noted()
    {
        _site.Flag = ToySite.FlagText(on: true);

        var before = await FlagAsync("get", "unified_llm_hub");
        var set = await FlagAsync("set", "unified_llm_hub", "off");
        var audit = JsonDocument.Parse((await _practice.RunAsync("audit", "list", "--json")).Output).RootElement;

        Assert.Equal(("On", "Live"), (Text(before, "state"), Text(before, "answered")));
        Assert.Equal(("Off", "Live"), (Text(set, "state"), Text(set, "answered")));
        Assert.Contains(_site.Requests, request => request == """PUT /api/v1/features/unified_llm_hub application/json {"enabled":false,"rollout_percentage":0}""");
        Assert.Equal("Observed", audit[0].GetProperty("outcome").GetString());
        Assert.Equal("unified_llm_hub off", audit[0].GetProperty("target").GetString());
    }

    [Fact]
    public async Task The_only_flag_of_a_plan_need_not_be_named()
    {
        _site.Flag = ToySite.FlagText(on: true);

        var before = Parse(await _practice.RunAsync("flag", "get", "--set", "site=" + _site.Url, "--json"));
        var set = Parse(await _practice.RunAsync("flag", "set", "off", "--set", "site=" + _site.Url, "--wait", "2m", "--yes", "--json"));
        var nameless = await _practice.RunAsync("flag", "set", "off", "--url", _site.Url + "/flag", "--yes");

        Assert.Equal(("unified_llm_hub", "On"), (Text(before, "id"), Text(before, "state")));
        Assert.Equal(("unified_llm_hub", "Off"), (Text(set, "id"), Text(set, "state")));
        Assert.Equal(2, nameless.ExitCode);
        Assert.Contains("error SwitchUnclear", nameless.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_to_read_a_kill_switch_back_that_would_not_be_used_is_refused()
    {
        var run = await _practice.RunAsync("killswitch", "on", "--health", _site.Url + "/healthz", "--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error SwitchUnclear", run.Error, StringComparison.Ordinal);
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public async Task A_flag_that_does_not_follow_ends_with_4()
    {
        _site.Flag = ToySite.FlagText(on: true);
        _site.IsDeaf = true;

        var run = await _practice.RunAsync("flag", "set", "unified_llm_hub", "off", "--set", "site=" + _site.Url, "--wait", "1", "--yes");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("error SwitchNotObserved", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_answered_is_told_live_cached_or_default()
    {
        var nobody = await FlagAsync("get", "unified_llm_hub", url: "http://127.0.0.1:1");
        await FlagAsync("get", "unified_llm_hub");
        _site.Age = 30;
        var aged = await FlagAsync("get", "unified_llm_hub");
        _site.Age = 0;
        _site.Missing.Clear();
        _site.Flag = "<html>";
        var last = await FlagAsync("get", "unified_llm_hub");

        Assert.Equal(("Off", "Default"), (Text(nobody, "state"), Text(nobody, "answered")));
        Assert.Equal(("Off", "Cached"), (Text(aged, "state"), Text(aged, "answered")));
        Assert.Equal(("Off", "Cached"), (Text(last, "state"), Text(last, "answered")));
        Assert.Contains("this is what it said last", Text(last, "finding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cached_answer_is_no_proof_that_a_flag_was_set()
    {
        _site.Age = 30;

        var run = await _practice.RunAsync("flag", "set", "unified_llm_hub", "off", "--set", "site=" + _site.Url, "--wait", "1", "--yes");

        Assert.Equal(4, run.ExitCode);
    }

    [Fact]
    [Trait("Behaviour", "P-03")]
    [Trait("Behaviour", "P-04")]
    [Trait("Behaviour", "P-45")]
    [Trait("Behaviour", "T-09")]
    public async Task P_03_P_04_P_45_T_09_a_kill_switch_is_thrown_with_or_without_a_reason_read_back_and_turned_off_again()
    {
        var on = await KillSwitchAsync("on", "--reason", "Emergency rollback", "--yes");
        var off = await KillSwitchAsync("off", "--yes");

        Assert.Equal(("On", "Live"), (Text(on, "state"), Text(on, "answered")));
        Assert.Equal(("Off", "Live"), (Text(off, "state"), Text(off, "answered")));
        Assert.Contains(_site.Requests, request => request == """POST /admin/kill-switch application/json {"enabled":true,"reason":"Emergency rollback"}""");
        Assert.Contains(_site.Requests, request => request == """POST /admin/kill-switch application/json {"enabled":false}""");
    }

    [Fact]
    public async Task A_kill_switch_that_does_not_follow_or_does_not_answer_is_no_success()
    {
        _site.IsDeaf = true;

        var deaf = await _practice.RunAsync("killswitch", "on", "--url", _site.Url + "/admin/kill-switch", "--wait", "1", "--yes");
        var nobody = await _practice.RunAsync("killswitch", "on", "--url", "http://127.0.0.1:1/admin/kill-switch", "--wait", "1", "--yes");
        var get = await _practice.RunAsync("killswitch", "get", "--url", "http://127.0.0.1:1/admin/kill-switch");

        Assert.Equal(4, deaf.ExitCode);
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("error SwitchRefused", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("(default)", get.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_sends_nothing()
    {
        var before = _practice.State();

        var run = await _practice.RunAsync("killswitch", "on", "--url", _site.Url + "/admin/kill-switch", "--what-if");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(_site.Requests);
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task Without_agreement_and_with_nobody_to_ask_nothing_is_turned()
    {
        var flag = await _practice.RunAsync("flag", "set", "unified_llm_hub", "off", "--set", "site=" + _site.Url);
        var killSwitch = await _practice.RunAsync("killswitch", "on", "--url", _site.Url + "/admin/kill-switch");

        Assert.All(new[] { flag, killSwitch }, run =>
        {
            Assert.Equal(5, run.ExitCode);
            Assert.Contains("error NotConfirmed", run.Error, StringComparison.Ordinal);
        });
        Assert.Empty(_site.Requests);
    }

    private async Task<JsonElement> FlagAsync(string verb, string flag, string? position = null, string? url = null) =>
        Parse(await _practice.RunAsync(["flag", verb, flag, .. position is null ? Array.Empty<string>() : [position, "--yes"], "--set", "site=" + (url ?? _site.Url), "--json"]));

    private async Task<JsonElement> KillSwitchAsync(string verb, params string[] more) =>
        Parse(await _practice.RunAsync(["killswitch", verb, "--url", _site.Url + "/admin/kill-switch", .. more, "--json"]));

    private static JsonElement Parse(HxopsRun run)
    {
        Assert.True(run.ExitCode == 0, run.All);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
