using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Rollback.Checking;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class PlanRunnerTests : IDisposable
{
    private static readonly string[] Eight = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

    private readonly PlanFixture _fixture = new();

    public static TheoryData<string> Moments => [.. Eight.SelectMany(step => new[] { "before-" + step, "after-" + step, "look-" + step })];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_run_killed_inside_a_step_is_resumed_and_every_effect_happens_once(string moment)
    {
        var steps = string.Concat(Eight.Select(name => PlanFixture.Step(name)));
        await _fixture.RunAndDieAsync(steps, moment);

        var result = await _fixture.ResumeAsync();

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.All(Eight, name => Assert.Equal(1, _fixture.Count(name)));
        Assert.All(result.Steps, step => Assert.Equal(StepState.Succeeded, step.State));
        Assert.Equal(0, _fixture.Orphans(result.Id, Eight));
        Assert.Empty(_fixture.Undone());
    }

    [Fact]
    public async Task A_killed_step_that_nothing_can_observe_is_not_done_twice_unless_the_user_says_so()
    {
        await _fixture.RunAndDieAsync(PlanFixture.Step("one", observed: false) + PlanFixture.Step("two", observed: false), "after-one");

        var error = await Assert.ThrowsAsync<HxException>(() => _fixture.ResumeAsync());
        Assert.Equal(RunErrors.StepInDoubt, error.Id);
        Assert.Equal((1, 0), (_fixture.Count("one"), _fixture.Count("two")));

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.ResumeAsync(DoubtRule.Skip)).Outcome);
        Assert.Equal((1, 1), (_fixture.Count("one"), _fixture.Count("two")));
    }

    [Fact]
    public async Task A_failed_step_takes_everything_back_in_reverse()
    {
        var result = await _fixture.RunAsync(_fixture.Plan(
            PlanFixture.Step("one") + PlanFixture.Step("two") + PlanFixture.Step("three", "fail") + PlanFixture.Step("four")));

        Assert.Equal((RunOutcome.RolledBack, ExitCode.RolledBack), (result.Outcome, result.ExitCode));
        Assert.Equal(["three", "two", "one"], _fixture.Undone());
        Assert.Equal(0, _fixture.Count("four"));
        Assert.Contains("exited with 3", Assert.Single(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_killed_while_it_takes_back_goes_on_taking_back()
    {
        await _fixture.RunAndDieAsync(PlanFixture.Step("one") + PlanFixture.Step("two") + PlanFixture.Step("three", "fail"), "undo-two");

        var result = await _fixture.ResumeAsync();

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Equal(["three", "two", "two", "one"], _fixture.Undone());
        Assert.Equal(0, _fixture.Orphans(result.Id, "one", "two", "three"));
    }

    [Fact]
    public async Task A_step_over_its_budget_is_ended_with_all_it_started()
    {
        var plan = _fixture.Plan("""
                  - name: hang
                    budget: 500ms
                    action: { do: command, program: ./step.sh, arguments: [hang], read-only: true }
            """);

        var result = await _fixture.RunAsync(plan);

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Equal(0, _fixture.Orphans(result.Id, "hang"));
        Assert.InRange(result.Elapsed, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Trait("Behaviour", "T-17")]
    public async Task A_scenario_has_its_own_budget_and_passing_the_target_warns_and_stops_nothing()
    {
        var text = PlanFixture.Text("""
                  - { name: work, budget: 4s, action: { do: command, program: sleep, arguments: ["0.6"] } }
              - name: short
                budget: 200ms
                steps:
                  - { name: work, budget: 200ms, action: { do: command, program: sleep, arguments: ["0.6"], read-only: true } }
            """, "escalation: [{ name: Level 2, after: 300ms }]").Replace("target: 5m", "target: 200ms", StringComparison.Ordinal);
        var plan = new PlanReader(_fixture.Context.Codecs.Yaml).Read(text, "plan.yaml");

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(plan)).Outcome);
        Assert.Equal(["TargetPassed", "Escalation"], _fixture.Events.Events.OfType<WarningEvent>().Select(warning => warning.Id));
        Assert.Equal(RunOutcome.RolledBack, (await _fixture.RunAsync(plan, scenario: "short")).Outcome);

        var pilot = new PlanReader(_fixture.Context.Codecs.Yaml).Read(Repository.File("src", "plans", "pilot.yaml"));
        Assert.Equal([3, 5, 6, 10], new[] { "configuration", "images", "reset", "infrastructure" }.Select(name => pilot.Scenarios.First(scenario => scenario.Name == name).Budget.TotalMinutes));
        Assert.Equal([0, 5, 15], pilot.Escalation.Select(level => level.After.TotalMinutes));
    }

    [Fact]
    public async Task The_other_way_is_taken_when_every_attempt_has_failed()
    {
        var result = await _fixture.RunAsync(_fixture.Plan("""
                  - name: stop
                    budget: 20s
                    attempts: 2
                    action: { do: command, program: ./step.sh, arguments: [fail, a] }
                    else:
                      action: { do: command, program: ./step.sh, arguments: [effect, b] }
                      observe: [{ see: file, file: b.count }]
            """));

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal((2, 1, 3), (_fixture.Count("a"), _fixture.Count("b"), result.Steps[0].Attempts));
    }

    [Fact]
    public async Task A_run_that_the_user_stops_is_taken_back_first()
    {
        using var stop = new CancellationTokenSource();
        var plan = _fixture.Plan(PlanFixture.Step("one") + PlanFixture.Step("two", "hang", observed: false));
        var run = _fixture.RunAsync(plan, cancellation: stop.Token);
        while (!_fixture.Events.Events.OfType<StepEvent>().Any(step => step is { Name: "two", State: StepState.Started }))
        {
            await Task.Delay(5);
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal("one", _fixture.Undone()[^1]);
        var info = Assert.Single(new RunCatalog(_fixture.Context).List());
        Assert.Equal((RunOutcome.Stopped, false), (info.Outcome, info.IsInterrupted));
        Assert.Equal(0, _fixture.Orphans(info.Id, "two"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_nothing_can_take_back_is_named_and_the_host_is_not_said_to_be_as_it_was(bool isStopped)
    {
        using var stop = new CancellationTokenSource();
        File.WriteAllText(_fixture["app.env"], "FLAG=true\n");
        var plan = _fixture.Plan("""
                  - name: flag
                    budget: 5s
                    action: { do: environment-file, file: app.env, key: FLAG, value: "false" }
                  - name: plain
                    budget: 20s
                    action: { do: command, program: ./step.sh, arguments: [effect, plain] }
                  - name: look
                    budget: 20s
                    action: { do: command, program: ./step.sh, arguments: [look, plain], read-only: true }

            """ + PlanFixture.Step("last", isStopped ? "hang" : "fail", observed: false));

        var run = _fixture.RunAsync(plan, cancellation: stop.Token);
        if (isStopped)
        {
            await Eventually.HoldsAsync(() => _fixture.Events.Events.OfType<StepEvent>().Any(step => step is { Name: "last", State: StepState.Started }), "the last step has begun");
            await stop.CancelAsync();
        }

        var result = await run;
        Assert.Equal((RunOutcome.Inconsistent, ExitCode.Inconsistent), (result.Outcome, result.ExitCode));
        Assert.Contains(result.Reasons, reason => reason.Contains("'plain' could not be taken back", StringComparison.Ordinal) && reason.Contains("./step.sh effect plain", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Reasons, reason => reason.Contains("'look' could not", StringComparison.Ordinal));
        Assert.Equal((RunOutcomeErrors.Inconsistent.Name, "FLAG=true\n"), (result.Error?.Id, File.ReadAllText(_fixture["app.env"])));
        Assert.Equal(["last"], _fixture.Undone());
    }

    [Fact]
    public async Task A_test_of_the_plan_warns_of_what_nothing_takes_back()
    {
        var effect = PlanFixture.Step("effect").Replace("undo:", "#", StringComparison.Ordinal);
        var inspector = new PlanInspector(_fixture.Context);

        var finding = Assert.Single(await inspector.InspectAsync(_fixture.Plan(effect + PlanFixture.Step("last")), CancellationToken.None), finding => finding.Id == "NoWayBack");
        Assert.Equal((PlanSeverity.Warning, "only/effect"), (finding.Severity, finding.Place));
        foreach (var shipped in new[] { "llm-hub", "pilot" })
        {
            var plan = new PlanReader(_fixture.Context.Codecs.Yaml).Read(Repository.File("src", "plans", shipped + ".yaml"));
            Assert.DoesNotContain(await inspector.InspectAsync(plan, CancellationToken.None), finding => finding.Id == "NoWayBack");
        }
    }

    [Fact]
    public async Task A_stop_where_the_plan_leaves_things_as_they_are_leaves_them_and_the_run_can_be_finished()
    {
        using var stop = new CancellationTokenSource();
        var plan = _fixture.Plan(PlanFixture.Step("one").Replace("budget: 20s", "budget: 20s\n        on-failure: stop", StringComparison.Ordinal) + """
                  - name: wait
                    budget: 1m
                    action: { do: wait }
                    observe: [{ see: file, file: go }]

            """);
        var run = _fixture.RunAsync(plan, cancellation: stop.Token);
        await Eventually.HoldsAsync(() => _fixture.Events.Events.OfType<StepEvent>().Any(step => step is { Name: "wait", State: StepState.Started }), "the first step is done");
        await stop.CancelAsync();

        var stopped = await run;
        Assert.Equal((RunOutcome.Failed, ExitCode.Failed), (stopped.Outcome, stopped.ExitCode));
        Assert.Contains("stopped the run", Assert.Single(stopped.Reasons), StringComparison.Ordinal);
        Assert.Empty(_fixture.Undone());

        File.WriteAllText(_fixture["go"], "");
        Assert.Equal((RunOutcome.Succeeded, 1), ((await _fixture.ResumeAsync()).Outcome, _fixture.Count("one")));
        Assert.Equal(RunErrors.NotFound, (await Assert.ThrowsAsync<HxException>(() => _fixture.ResumeAsync())).Id);
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_not_taken_up_behind_a_later_one()
    {
        using var stop = new CancellationTokenSource();
        var run = _fixture.RunAsync(_fixture.Plan(PlanFixture.Step("one", "hang", observed: false).Replace("budget: 20s", "budget: 20s\n        on-failure: stop", StringComparison.Ordinal)), cancellation: stop.Token);
        await Eventually.HoldsAsync(() => _fixture.Events.Events.OfType<StepEvent>().Any(step => step is { Name: "one", State: StepState.Started }), "the step has begun");
        await Eventually.HoldsAsync(() => new RunCatalog(_fixture.Context).List().SelectMany(info => info.Steps).Any(step => step.Attempts > 0), "its effect is intended");
        await stop.CancelAsync();
        Assert.Equal(RunOutcome.Failed, (await run).Outcome);

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(_fixture.Plan(PlanFixture.Step("two")))).Outcome);
        Assert.Equal(RunErrors.NotFound, (await Assert.ThrowsAsync<HxException>(() => _fixture.ResumeAsync())).Id);
    }

    [Fact]
    public async Task Done_but_not_observed_is_no_success()
    {
        var result = await _fixture.RunAsync(_fixture.Plan("""
                  - name: one
                    budget: 300ms
                    on-failure: continue
                    action: { do: command, program: ./step.sh, arguments: [effect, one] }
                    observe: [{ see: file, file: never }]
            """));

        Assert.Equal((RunOutcome.Inconclusive, ExitCode.VerificationFailed), (result.Outcome, result.ExitCode));
        Assert.Contains("not observed", Assert.Single(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_key_of_an_environment_file_changes_and_everything_else_stays()
    {
        const string Before = "# keys\nexport A=1\n\nFEATURE=true # the hub\r\n# FEATURE=old\nSECRET=\"planted-environment-secret\"\n\xe9";
        var path = _fixture["app.env"];
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(Before));
        File.SetUnixFileMode(path, (UnixFileMode)0x1A0);
        const string SetFeature = """
                  - name: flag
                    budget: 5s
                    action: { do: environment-file, file: app.env, key: FEATURE, value: "false" }

            """;

        var result = await _fixture.RunAsync(_fixture.Plan(SetFeature));

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal(Before.Replace("FEATURE=true #", "FEATURE=false #", StringComparison.Ordinal), System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(path));

        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(Before));
        Assert.Equal(RunOutcome.RolledBack, (await _fixture.RunAsync(_fixture.Plan(SetFeature + PlanFixture.Step("bad", "fail")))).Outcome);
        Assert.Equal(Before, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task An_approval_that_comes_after_its_budget_agrees_to_nothing()
    {
        var plan = _fixture.Plan("      - { name: agree, budget: 200ms, action: { do: approval, role: Technical Lead, question: \"Go on\" } }\n" + PlanFixture.Step("after"));

        var result = await _fixture.RunAsync(plan, new LateApprover());

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Contains("not done within its budget", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Equal(0, _fixture.Count("after"));
    }

    [Fact]
    public async Task A_script_that_prompts_is_answered()
    {
        File.WriteAllText(_fixture["reset.sh"], "#!/bin/sh\nread answer && [ \"$answer\" = y ] && touch reset.done\n");
        File.SetUnixFileMode(_fixture["reset.sh"], (UnixFileMode)0x1ED);

        var result = await _fixture.RunAsync(_fixture.Plan("""
                  - name: reset
                    budget: 5s
                    action: { do: command, program: ./reset.sh, answer: y }
                    observe: [{ see: file, file: reset.done }]
            """));

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
    }

    [Fact]
    public async Task A_secret_that_a_step_prints_is_in_no_journal_and_no_result()
    {
        File.WriteAllText(_fixture["app.env"], "KEY=planted-environment-secret\nF=1\n");
        var result = await _fixture.RunAsync(_fixture.Plan("""
                  - name: flag
                    budget: 5s
                    action: { do: environment-file, file: app.env, key: F, value: "2" }
                  - name: leak
                    budget: 5s
                    importance: wanted
                    action: { do: command, program: sh, arguments: [-c, "echo sk-planted-master-key; echo planted-environment-secret >&2; exit 1"] }
            """));

        var journal = File.ReadAllText(Path.Combine(result.Folder, "journal"));
        Assert.Contains("[redacted]", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-environment-secret", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-environment-secret", string.Concat(result.Steps.Select(step => step.Finding)), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-planted", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_must_be_resumed_before_another_begins()
    {
        await _fixture.RunAndDieAsync(PlanFixture.Step("one"), "before-one");

        Assert.True(Assert.Single(new RunCatalog(_fixture.Context).List()).IsInterrupted);
        Assert.Equal(RunErrors.Unfinished, (await Assert.ThrowsAsync<HxException>(() => _fixture.RunAsync(_fixture.Plan(PlanFixture.Step("one"))))).Id);
        await _fixture.ResumeAsync();
        Assert.Equal(RunErrors.NotFound, (await Assert.ThrowsAsync<HxException>(() => _fixture.ResumeAsync())).Id);
    }

    [Fact]
    public async Task A_deployment_that_is_held_is_left_alone()
    {
        using var lease = DeploymentLock.Acquire(Path.Combine(_fixture.Root, "backups", ".hxops"), "a test");

        Assert.Equal(DeploymentLock.Held, (await Assert.ThrowsAsync<HxException>(() => _fixture.RunAsync(_fixture.Plan(PlanFixture.Step("one"))))).Id);
        Assert.Equal(0, _fixture.Count("one"));
    }

    [Fact]
    public async Task A_damaged_journal_is_named_with_its_line_and_a_torn_end_is_not_damage()
    {
        var result = await _fixture.RunAsync(_fixture.Plan(PlanFixture.Step("one")));
        var path = Path.Combine(result.Folder, "journal");
        var whole = File.ReadAllText(path);

        File.WriteAllText(path, whole + "0123456789 {\"kind\":");
        Assert.Equal(RunOutcome.Succeeded, Assert.Single(new RunCatalog(_fixture.Context).List()).Outcome);

        File.WriteAllText(path, whole.Replace("\"one\"", "\"eno\"", StringComparison.Ordinal));
        var error = Assert.Throws<HxException>(() => new RunCatalog(_fixture.Context).List());
        Assert.Equal(RunErrors.JournalDamaged, error.Id);
        Assert.Contains("Line ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_to_call_are_named_when_a_run_lasts()
    {
        const string Levels = """
            contacts: [{ role: Technical Lead, reach: "+49 1" }]
            escalation:
              - { name: "Level 1: Self-Service" }
              - { name: "Level 2: Technical Lead", after: 1ms, contacts: [Technical Lead], tools: Docker diagnostics }
            """;
        await _fixture.RunAsync(_fixture.Plan("""
                  - name: wait
                    budget: 300ms
                    importance: wanted
                    action: { do: wait }
                    observe: [{ see: file, file: never }]
            """, Levels));

        var warning = Assert.Single(_fixture.Events.Warnings, warning => warning.Id == "Escalation");
        Assert.Contains("Technical Lead (+49 1)", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_nobody_carries_out_is_refused_before_anything_happens()
    {
        var plan = _fixture.Plan(PlanFixture.Step("one"));
        var scenario = plan.Scenarios[0];
        plan = plan with { Scenarios = [scenario with { Steps = scenario.Steps.Add(scenario.Steps[0] with { Name = "two", Action = new UnheardOf() }) }] };

        Assert.Equal(RunErrors.ActionUnavailable, (await Assert.ThrowsAsync<HxException>(() => _fixture.RunAsync(plan))).Id);
        Assert.Equal(0, _fixture.Count("one"));
        Assert.False(Directory.Exists(Path.Combine(_fixture.Root, "backups")));
    }

    [Fact]
    public void A_plan_is_told_with_its_times_before_it_runs()
    {
        var plan = _fixture.Plan(PlanFixture.Step("one"));

        var lines = PlanText.Lines(plan, plan.Scenarios[0]);

        Assert.Contains(lines, line => line.StartsWith("one: run './step.sh effect one' (at most 20 s, on failure compensate)", StringComparison.Ordinal));
        Assert.Contains("  undo: run './step.sh undo one'", lines);
    }

    [Fact]
    [Trait("Behaviour", "T-17")]
    public async Task T_17_a_scenario_has_a_budget_of_its_own_and_passing_the_target_warns_and_stops_nothing()
    {
        var pilot = new PlanReader(_fixture.Context.Codecs.Yaml).Read(Repository.File("src", "plans", "pilot.yaml"));
        Assert.Equal(TimeSpan.FromMinutes(5), pilot.Target);
        Assert.Equal(2, pilot.Scenarios.Count(scenario => scenario.Budget > pilot.Target));

        var plan = _fixture.Plan("""
                  - name: wait
                    budget: 300ms
                    importance: wanted
                    action: { do: wait }
                    observe: [{ see: file, file: never }]

            """ + PlanFixture.Step("two"));
        var result = await _fixture.RunAsync(plan with { Target = TimeSpan.FromMilliseconds(50) });

        Assert.Equal((RunOutcome.Succeeded, 1), (result.Outcome, _fixture.Count("two")));
        Assert.Single(_fixture.Events.Warnings, warning => warning.Id == "TargetPassed");
    }

    public void Dispose() => _fixture.Dispose();

    private sealed record UnheardOf : PlanAction
    {
        public override string Describe() => "something unheard of";
    }

    /// <summary>Agrees once nobody waits for it any more.</summary>
    private sealed class LateApprover : IApprover
    {
        public async Task<Approval> AskAsync(string role, string question, CancellationToken cancellation)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellation.Register(end.SetResult);
            await end.Task;
            return new Approval(true, "a latecomer");
        }
    }
}
