using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops rollback run and resume, killed and stopped as a host does it.</summary>
public sealed class RollbackRunTests : IDisposable
{
    private readonly PracticeFiles _practice = new();
    private readonly PracticePlan _plan;

    public RollbackRunTests() => _plan = new PracticePlan(_practice);

    public static TheoryData<string> Moments => [.. PracticePlan.Eight.SelectMany(step => new[] { "before-" + step, "after-" + step })];

    public void Dispose() => _practice.Dispose();

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Killed_inside_a_step_resume_does_the_rest_once_and_leaves_no_process(string moment)
    {
        _plan.Write(PracticePlan.AllEight).DieAt(moment);
        Assert.Equal(137, (await RunAsync()).ExitCode);

        var run = await _practice.RunAsync("rollback", "resume", "--yes", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("Succeeded", result.GetProperty("outcome").GetString());
        Assert.All(PracticePlan.Eight, step => Assert.Equal(1, _plan.Count(step)));
        Assert.Empty(_plan.Undone());
        Assert.Empty(_plan.Orphans(result.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task Killed_while_it_takes_back_resume_goes_on_taking_back_in_reverse()
    {
        _plan.Write(PracticePlan.Step("one") + PracticePlan.Step("two") + PracticePlan.Step("three", "fail")).DieAt("undo-two");
        Assert.Equal(137, (await RunAsync()).ExitCode);

        var preview = await _practice.RunAsync("rollback", "resume", "--what-if");
        var run = await _practice.RunAsync("rollback", "resume", "--yes");

        Assert.Contains("take back two", preview.Output, StringComparison.Ordinal);
        Assert.Equal(20, run.ExitCode);
        Assert.Contains("\nremedy: The host is as it was before the run.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["three", "two", "two", "one"], _plan.Undone());
    }

    [Fact]
    public async Task A_step_in_doubt_ends_with_21_until_the_user_says_what_happened()
    {
        _plan.Write(PracticePlan.Step("one", observed: false) + PracticePlan.Step("two")).DieAt("after-one");
        Assert.Equal(137, (await RunAsync()).ExitCode);

        var asked = await _practice.RunAsync("rollback", "resume", "--yes");
        var told = await _practice.RunAsync("rollback", "resume", "--yes", "--in-doubt", "skip");

        Assert.Equal(21, asked.ExitCode);
        Assert.Contains("error RollbackStepInDoubt: The step 'one'", asked.Error, StringComparison.Ordinal);
        Assert.True(told.ExitCode == 0, told.All);
        Assert.Equal((1, 1), (_plan.Count("one"), _plan.Count("two")));
    }

    [Fact]
    public async Task What_if_prints_the_plan_with_its_times_and_changes_nothing()
    {
        _plan.Write(PracticePlan.AllEight, """escalation: [{ name: "Level 2: Technical Lead", after: 5m }]""");
        var before = _practice.State();

        var run = await RunAsync("--what-if");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("Rollback practice/only: the only way (at most 5 min, target 5 min)", run.Output, StringComparison.Ordinal);
        Assert.Contains("one: run './step.sh effect one' (at most 20 s, on failure compensate)", run.Output, StringComparison.Ordinal);
        Assert.Contains("after 5 min: Level 2: Technical Lead", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task Without_agreement_and_with_nobody_to_ask_it_ends_with_5_and_changes_nothing()
    {
        _plan.Write(PracticePlan.Step("one"));
        var before = _practice.State();

        var run = await _practice.RunAsync("rollback", "run", _plan.File);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("error NotConfirmed", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task A_stop_takes_back_what_was_done_and_ends_with_130()
    {
        _plan.Write(PracticePlan.Step("one") + PracticePlan.Step("two", "hang", observed: false));
        using var process = Start();
        await Eventually.HoldsAsync(() => _plan.Has("hangs"), "the step runs");

        await SignalAsync(process, "-INT");
        var run = await HxopsProcess.EndAsync(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["two", "one"], _plan.Undone());
        Assert.Empty(_plan.Orphans(await NewestAsync("Stopped")));
    }

    [Fact]
    public async Task A_stop_behind_what_nothing_takes_back_ends_with_21_and_names_it()
    {
        _plan.Write("""
                  - { name: effect, budget: 20s, action: { do: command, program: ./step.sh, arguments: [effect, effect] } }

            """ + PracticePlan.Step("two", "hang", observed: false));
        using var process = Start();
        await Eventually.HoldsAsync(() => _plan.Has("hangs"), "the step runs");

        await SignalAsync(process, "-TERM");
        var run = await HxopsProcess.EndAsync(process);

        Assert.Equal(21, run.ExitCode);
        Assert.Contains("The step 'effect' could not be taken back", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing to mend", run.All, StringComparison.Ordinal);
        await NewestAsync("Inconsistent");
    }

    [Fact]
    public async Task A_second_run_ends_with_10_while_the_first_one_lasts()
    {
        _plan.Write(PracticePlan.Step("one", "hang", observed: false));
        using var process = Start();
        await Eventually.HoldsAsync(() => _plan.Has("hangs"), "the step runs");

        var second = await RunAsync();
        await SignalAsync(process, "-TERM");
        await HxopsProcess.EndAsync(process);

        Assert.Equal(10, second.ExitCode);
        Assert.Contains("rollback practice/only", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "P-41")]
    [Trait("Behaviour", "P-42")]
    public async Task P_41_P_42_as_time_passes_the_next_levels_are_named_with_those_to_call()
    {
        _plan.Write("""
                  - { name: wait, budget: 1s, importance: wanted, action: { do: wait }, observe: [{ see: file, file: never }] }
            """, """
            contacts:
              - { role: Technical Lead, reach: "+49 1" }
              - { role: Infrastructure, reach: "#infra" }
            escalation:
              - { name: "Level 1: Self-Service", tools: Scripts in pilot-deploy/scripts }
              - { name: "Level 2: Technical Lead", after: 100ms, contacts: [Technical Lead], tools: Docker diagnostics }
              - { name: "Level 3: Infrastructure", after: 300ms, contacts: [Infrastructure] }
            """);

        var run = await RunAsync();

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("warning Escalation: The rollback has lasted 0.1 seconds. Level 2: Technical Lead: call Technical Lead (+49 1). Tools: Docker diagnostics.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Level 3: Infrastructure: call Infrastructure (#infra)", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Level 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_over_its_budget_is_ended_with_its_whole_process_group_and_ends_with_20()
    {
        _plan.Write("""
                  - { name: hang, budget: 500ms, action: { do: command, program: ./step.sh, arguments: [hang], read-only: true } }
            """);

        var run = await RunAsync();

        Assert.Equal(20, run.ExitCode);
        Assert.Contains("not done within its budget of 0.5 s", run.Output, StringComparison.Ordinal);
        Assert.Empty(_plan.Orphans(await NewestAsync("RolledBack")));
    }

    [Fact]
    public async Task Runs_are_listed_and_shown_within_80_columns()
    {
        _plan.Write(PracticePlan.Step("one") + PracticePlan.Step("two", "fail"));
        await RunAsync();

        var list = await _practice.RunAsync("rollback", "list");
        var show = await _practice.RunAsync("rollback", "show");
        var missing = await _practice.RunAsync("rollback", "show", "rollback-none");

        Assert.Contains(list.Output.Split('\n'), line => line.Contains("RolledBack", StringComparison.Ordinal) && line.EndsWith("practice/only", StringComparison.Ordinal));
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("The step 'two' failed", show.Output, StringComparison.Ordinal);
        Assert.Equal(3, missing.ExitCode);
    }

    private Task<HxopsRun> RunAsync(params string[] more) => _practice.RunAsync(["rollback", "run", _plan.File, .. more.Length > 0 ? more : ["--yes"]]);

    private Process Start()
    {
        var process = HxopsProcess.Start(new Dictionary<string, string?>(), [.. _practice.Globals, "rollback", "run", _plan.File, "--yes"]);
        process.StandardInput.Close();
        return process;
    }

    private async Task<string> NewestAsync(string state)
    {
        var run = JsonDocument.Parse((await _practice.RunAsync("rollback", "show", "--json")).Output).RootElement;
        Assert.Equal(state, run.GetProperty("state").GetString());
        return run.GetProperty("id").GetString()!;
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
