using System.Globalization;
using System.Text.Json;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>hxops entrypoint on the gateway's own machine: a real systemd, the real paths, the real port.</summary>
public sealed class EntryPointCommandsOnSystemdTests(SystemdMachine machine) : IClassFixture<SystemdMachine>
{
    private const string Unit = WrapperHost.Unit;
    private readonly WrapperHost _host = new(machine);

    [SkippableFact]
    [Trait("Behaviour", "E-03"), Trait("Behaviour", "E-04"), Trait("Behaviour", "E-07"), Trait("Behaviour", "E-08"), Trait("Behaviour", "E-09"), Trait("Behaviour", "E-14")]
    public async Task E_04_E_07_E_09_the_documented_command_comes_from_git_into_the_drop_in_with_the_real_file_in_place_of_the_placeholder()
    {
        await BeginAsync();
        await _host.CommitAsync(WrapperHost.Documented, "Run the LiteLLM CLI");
        await _host.CommitAsync(WrapperHost.Pipeline, "Run the pipeline");

        var refusal = WrapperHost.Json(await _host.HxopsAsync("entrypoint set --yes --json"), 5).GetProperty("error");
        Assert.Equal("EntryPointPlaceholder", refusal.GetProperty("id").GetString());
        Assert.Null(_host.ReadDropIn());

        var result = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set --config {WrapperHost.Config} --yes --json"), 0);

        const string command = "/opt/HX-Infrastructure-/api-gateway/gateway/venv/bin/litellm --config /opt/HX-Infrastructure-/api-gateway/config/api-gateway/config.yaml --port 4010";
        Assert.Equal($"[Service]\nExecStart=\nExecStart={command}\n", File.ReadAllText(machine.Root.Locate("/etc/systemd/system/hx-gateway-ml.service.d/override.conf")));
        Assert.Equal("active", await _host.ActivityAsync());
        Assert.Equal($"/bin/sh {command} ", await _host.RunningAsync());
        Assert.Equal($"/bin/sh {command}", result.GetProperty("runningCommand").GetString());
        Assert.Equal(["/health/liveliness", "/health"], Probes(result));
    }

    [SkippableFact]
    [Trait("Behaviour", "E-11")]
    public async Task E_11_three_sources_are_known_and_each_comes_back()
    {
        await BeginAsync();
        foreach (var name in new[] { "a", "b" })
            machine.WriteFile($"/etc/{name}.yaml", "serve 4010 200");
        var checkpoint = await _host.TakeCheckpointAsync(WrapperHost.Litellm("/etc/a.yaml"));
        _host.WriteUnit(WrapperHost.Litellm("/etc/b.yaml"));
        var restore = WrapperHost.Json(await _host.HxopsAsync($"checkpoint restore {checkpoint} --no-gate --no-services --yes --json"), 0);
        await _host.CommitAsync(WrapperHost.Litellm(WrapperHost.Config), "Run the LiteLLM CLI");
        await _host.CommitAsync(WrapperHost.Pipeline, "Run the pipeline");
        await _host.UsePipelineAsync();

        var known = WrapperHost.Json(await _host.HxopsAsync("entrypoint list --json"), 0).EnumerateArray().ToList();

        Assert.Equal(("live", WrapperHost.Pipeline), (Text(known[0], "id"), Text(known[0], "command")));
        var past = known.Where(one => !one.GetProperty("isCurrent").GetBoolean()).ToDictionary(one => Text(one, "origin"), one => Text(one, "id"));
        Assert.Equal(["Checkpoint", "Git", "SafetyCheckpoint"], past.Keys.Order());
        Assert.Equal((checkpoint, restore.GetProperty("safetyCheckpoint").GetString()), (past["Checkpoint"], past["SafetyCheckpoint"]));
        foreach (var (origin, config) in new[] { ("Checkpoint", "/etc/a.yaml"), ("SafetyCheckpoint", "/etc/b.yaml"), ("Git", WrapperHost.Config) })
        {
            WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {past[origin]} --yes --json"), 0);
            Assert.Equal($"/bin/sh {WrapperHost.Litellm(config)} ", await _host.RunningAsync());
        }
    }

    [SkippableFact]
    [Trait("Behaviour", "E-15"), Trait("Behaviour", "E-17"), Trait("Behaviour", "T-21")]
    public async Task E_15_T_21_health_is_asked_with_the_key_of_the_variable_and_no_key_is_seen_anywhere()
    {
        await BeginAsync();
        var random = "sk-" + Guid.NewGuid().ToString("N");
        var source = await CheckpointAsync("env MASTER_KEY guard MASTER_KEY serve 4010 200");

        var withDefault = await _host.HxopsAsync($"entrypoint set {source} --yes"); // The documented key, unless a variable says another.
        Assert.Equal(0, withDefault.ExitCode);
        await _host.HxopsAsync("entrypoint set live --yes");
        await _host.ResetDropInAsync();
        _host.WriteEnvironment(random);
        var refused = await _host.HxopsAsync($"entrypoint set {source} --budget 3s --yes --json");
        Assert.Equal("RolledBack", Text(WrapperHost.Json(refused, 20), "outcome"));
        var seen = new List<string>();
        var withKey = await WatchingProcessesAsync(seen, () => _host.HxopsAsync($"entrypoint set {source} --key-variable HX_TEST_KEY --yes --json", random));
        Assert.Equal("Set", Text(WrapperHost.Json(withKey, 0), "outcome"));
        var otherCode = await _host.HxopsAsync($"entrypoint set {source} --key-variable HX_TEST_KEY --expect 204 --budget 1s --yes --json", random);
        Assert.Equal("Unproven", Text(WrapperHost.Json(otherCode, 4), "outcome"));

        Assert.NotEmpty(seen);
        string[] texts =
        [
            .. new[] { withDefault, refused, withKey, otherCode }.Select(run => run.Output + run.Error), .. seen, _host.ReadDropIn()!,
            await _host.RunAsync("journalctl --no-pager --quiet _COMM=dotnet _COMM=hxops || true"),
            await _host.RunAsync($"cat {WrapperHost.Top}/gateway/backups/.hxops/* 2>/dev/null || true"),
        ];
        Assert.All(texts, text => Assert.All(new[] { random, WrapperHost.DocumentedKey, "sk-hx-dev-1234" }, key => Assert.DoesNotContain(key, text, StringComparison.Ordinal)));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-31")]
    public async Task T_31_a_later_drop_in_is_named_and_a_wrong_path_too_and_nothing_changes()
    {
        await BeginAsync();
        var source = await CheckpointAsync("serve 4010 200");
        machine.WriteUnit(Unit + ".d/99-x.conf", "[Service]\nNice=1\nExecStart=\nExecStart=/bin/sleep 1\n"); // Sorts before override.conf, and so decides nothing.
        var process = await _host.RunAsync($"systemctl show --value --property=MainPID {Unit}");
        machine.WriteUnit(Unit + ".d/zz-x.conf", $"[Service]\nExecStart=\nExecStart={WrapperHost.Pipeline}\n");

        var shadowed = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --yes --json"), 5).GetProperty("error");
        File.Delete(machine.Root.Locate($"/etc/systemd/system/{Unit}.d/zz-x.conf"));
        File.Move(machine.Root.Locate(WrapperHost.Venv + "/litellm"), machine.Root.Locate(WrapperHost.Venv + "/litellm.gone"));
        var wrong = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --yes --json"), 5).GetProperty("error");
        File.Move(machine.Root.Locate(WrapperHost.Venv + "/litellm.gone"), machine.Root.Locate(WrapperHost.Venv + "/litellm"));

        Assert.Equal(("EntryPointShadowed", $"/etc/systemd/system/{Unit}.d/zz-x.conf"), (Text(shadowed, "id"), Text(shadowed, "target")));
        Assert.Equal(("EntryPointMissing", WrapperHost.Venv + "/litellm"), (Text(wrong, "id"), Text(wrong, "target")));
        Assert.Null(_host.ReadDropIn());
        Assert.Equal(process, await _host.RunAsync($"systemctl show --value --property=MainPID {Unit}"));
        WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --yes --json"), 0); // With 99-x.conf still there.
    }

    [SkippableTheory]
    [InlineData("complain no-such-model exit 3", "10s", "no-such-model", 20)] // It crashes at start, at once.
    [InlineData("sleep 1 complain late-crash exit 3", "30s", "late-crash", 20)] // It crashes while its health is asked: that does not take the budget.
    [InlineData("say unhealthy serve 4010 503", "2s", "unhealthy", 20)] // It never becomes healthy.
    [InlineData("deaf say stubborn serve 4010 503", "2s", "stubborn", 25)] // And it ignores SIGTERM.
    [Trait("Behaviour", "E-21")]
    public async Task E_21_what_does_not_prove_itself_is_taken_back_with_the_reason_and_the_journal(string words, string budget, string logged, int seconds)
    {
        await BeginAsync();
        var source = await CheckpointAsync(words);

        var result = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --budget {budget} --yes --json"), 20);

        Assert.Equal("RolledBack", Text(result, "outcome"));
        Assert.NotEqual("", Text(result, "reason"));
        Assert.Contains(result.GetProperty("log").EnumerateArray(), line => Text(line, "text") == logged);
        Assert.Equal($"/bin/sh {WrapperHost.Pipeline}", Text(result, "runningCommand"));
        Assert.Equal("Healthy", Text(result.GetProperty("healthNow"), "verdict"));
        Assert.InRange(result.GetProperty("elapsed").GetDouble(), 0, seconds);
        await AssertPipelineRunsAsync();
    }

    [SkippableTheory]
    [InlineData("serve 4010 200", "Address already in use")] // It ends because of it.
    [InlineData("say waiting sleep 600", "is held by process")] // It stays, and the other one answers in its place.
    public async Task A_port_that_another_process_holds_is_no_health(string words, string told)
    {
        await BeginAsync();
        var source = await CheckpointAsync(words);
        machine.WriteUnit("holder.service", "[Service]\nExecStart=/opt/hxops-test/HxOps.DummyTool serve 4010 200\n");
        await _host.RunAsync($"systemctl stop {Unit}; systemctl daemon-reload; systemctl start holder");

        var result = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --budget 10s --yes --json"), 20);

        Assert.Equal("RolledBack", Text(result, "outcome"));
        Assert.Contains(told, Text(result, "reason") + string.Join('\n', result.GetProperty("log").EnumerateArray().Select(line => Text(line, "text"))), StringComparison.Ordinal);
        Assert.NotEqual("active", await _host.ActivityAsync()); // It did not run before.
        Assert.Null(_host.ReadDropIn());
    }

    [SkippableFact]
    public async Task An_old_program_that_ignores_SIGTERM_is_killed_when_its_time_is_over()
    {
        await BeginAsync();
        machine.WriteFile("/etc/deaf.yaml", "deaf serve 4010 200");
        _host.WriteUnit(WrapperHost.Litellm("/etc/deaf.yaml"));
        await _host.RunAsync($"systemctl daemon-reload; systemctl restart {Unit}");
        await Eventually.HoldsAsync(() => _host.RunAsync("ss -ltn").Result.Contains(":4010", StringComparison.Ordinal), "the deaf one listens");
        await _host.CommitAsync(WrapperHost.Litellm(WrapperHost.Config), "Run the LiteLLM CLI");

        var result = WrapperHost.Json(await _host.HxopsAsync("entrypoint set --budget 8s --yes --json"), 0);

        Assert.Equal("Set", Text(result, "outcome"));
        Assert.InRange(result.GetProperty("elapsed").GetDouble(), 0, 20); // The unit itself would wait 30 s before SIGKILL.
    }

    [SkippableFact]
    [Trait("Behaviour", "E-21")]
    public async Task E_21_until_proven_healthy_it_takes_the_start_time_of_the_service_and_less_than_half_a_second_more()
    {
        await BeginAsync();
        var source = await CheckpointAsync("sleep 1 ready /run/ready serve 4010 200", account: "root");
        var ours = new List<double>();
        var most = Math.Max(0.5, 12 * await AnswerTimeAsync()); // Where systemctl alone takes long, the machine is busy with other tests.
        for (var round = 0; round < 5 && ours.DefaultIfEmpty(double.MaxValue).Min() >= most; round++)
        {
            var result = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --yes --json"), 0);
            ours.Add(result.GetProperty("elapsed").GetDouble() - await StartTimeAsync());
            await _host.ResetDropInAsync();
            await _host.RunAsync($"systemctl restart {Unit}");
        }

        Assert.True(ours.Min() < most, $"of ours: {string.Join(", ", ours.Select(seconds => seconds.ToString("0.000", CultureInfo.InvariantCulture)))} s, at most {most:0.000} s");
    }

    [SkippableFact]
    public async Task After_SIGKILL_in_the_middle_the_drop_in_is_the_old_or_the_new_one_and_the_next_run_recovers_unattended()
    {
        await BeginAsync();
        var source = await CheckpointAsync("serve 4010 503");
        var whole = $"[Service]\nExecStart=\nExecStart={WrapperHost.Litellm("/etc/other.yaml")}\n";
        for (var moment = 0; moment < 3; moment++)
        {
            using (var hxops = _host.StartHxops($"entrypoint set {source} --budget 60s --yes"))
            {
                await Eventually.HoldsAsync(() => moment == 0 ? _host.IsInterrupted : moment == 1 ? _host.ReadDropIn() is not null : _host.RunningAsync().Result.Contains("litellm", StringComparison.Ordinal), "hxops is in the middle");
                hxops.Kill(entireProcessTree: true); // nsenter and the program that it has started, both by SIGKILL
                await hxops.WaitForExitAsync();
            }

            Assert.Contains(_host.ReadDropIn(), new[] { null, whole });
            Assert.True(_host.IsInterrupted);

            var next = await _host.HxopsAsync("entrypoint set live --yes --json");

            Assert.Equal("AlreadyThere", Text(WrapperHost.Json(next, 0), "outcome"));
            Assert.Contains("EntryPointRecovered", next.Error, StringComparison.Ordinal);
            await AssertPipelineRunsAsync();
        }
    }

    [SkippableFact]
    [Trait("Behaviour", "E-10"), Trait("Behaviour", "E-11"), Trait("Behaviour", "E-16"), Trait("Behaviour", "E-18"), Trait("Behaviour", "E-19")]
    public async Task E_10_E_18_E_19_the_shipped_plan_goes_the_same_way_step_by_step_and_back_when_health_fails()
    {
        await BeginAsync();
        await _host.CommitAsync(WrapperHost.Documented, "Run the LiteLLM CLI");
        await _host.CommitAsync(WrapperHost.Pipeline, "Run the pipeline");

        var placeholder = WrapperHost.Json(await _host.HxopsAsync("rollback run gateway-entry-point --yes --json"), 20);
        Assert.Contains("/path/to/your/config.yaml", placeholder.GetProperty("steps")[0].GetProperty("finding").GetString(), StringComparison.Ordinal);
        _host.WriteEnvironment("another-key"); // Liveliness answers, health does not.
        var ill = WrapperHost.Json(await _host.HxopsAsync($"rollback run gateway-entry-point --set config={WrapperHost.Config} --yes --json"), 20);
        Assert.Equal("RolledBack", Text(ill, "outcome"));
        await AssertPipelineRunsAsync();
        _host.WriteEnvironment(WrapperHost.DocumentedKey);

        var done = WrapperHost.Json(await _host.HxopsAsync($"rollback run gateway-entry-point --set config={WrapperHost.Config} --yes --json"), 0);

        Assert.Equal(["drop-in", "restart", "alive", "health"], done.GetProperty("steps").EnumerateArray().Select(step => Text(step, "id")));
        Assert.All(done.GetProperty("steps").EnumerateArray(), step => Assert.Equal("Succeeded", Text(step, "state")));
        Assert.Equal($"[Service]\nExecStart=\nExecStart={WrapperHost.Litellm(WrapperHost.Config)}\n", _host.ReadDropIn());
        Assert.Equal($"/bin/sh {WrapperHost.Litellm(WrapperHost.Config)} ", await _host.RunningAsync());
        Assert.Equal("active", await _host.ActivityAsync());
    }

    [SkippableFact]
    public async Task A_killed_run_of_the_shipped_plan_is_resumed_to_the_same_entry_point()
    {
        await BeginAsync();
        machine.WriteFile("/etc/other.yaml", "sleep 3 serve 4010 200");
        await _host.CommitAsync(WrapperHost.Documented, "Run the LiteLLM CLI");
        await _host.CommitAsync(WrapperHost.Pipeline, "Run the pipeline");
        using (var hxops = _host.StartHxops("rollback run gateway-entry-point --set config=/etc/other.yaml --yes"))
        {
            await Eventually.HoldsAsync(() => _host.ReadDropIn() is not null, "the drop-in is written"); // "previous" would now be the pipeline.
            hxops.Kill(entireProcessTree: true);
            await hxops.WaitForExitAsync();
        }

        var resumed = WrapperHost.Json(await _host.HxopsAsync("rollback resume --yes --json"), 0);

        Assert.Equal("Succeeded", Text(resumed, "outcome"));
        Assert.Equal($"/bin/sh {WrapperHost.Litellm("/etc/other.yaml")} ", await _host.RunningAsync());
    }

    [SkippableFact]
    [Trait("Behaviour", "E-11"), Trait("Behaviour", "E-18"), Trait("Behaviour", "E-19")]
    public async Task E_11_E_18_E_19_the_cmdlets_go_the_same_way()
    {
        await BeginAsync();
        Skip.IfNot(await _host.LayModuleAsync(), "needs pwsh on the machine and the module built into bin/");
        var source = await CheckpointAsync("serve $4 200");

        var told = await _host.PwshAsync("""
            $result = Get-HxEntryPoint | Where-Object Kind -eq litellm | Select-Object -First 1 | Set-HxEntryPoint -Rehearse -Confirm:$false
            $again = Set-HxEntryPoint $result.Wanted.Id -HealthPath /none -ExpectedStatus 204 -Budget 1s -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
            ($result.Outcome, $result.Wanted.Id, $result.Rehearsal.RanProgram, $result.RunningCommand, $again.Outcome, [int]$again.ExitCode, $failures[0].FullyQualifiedErrorId) -join '|'
            """);

        Assert.Equal($"Set|{source}|True|/bin/sh {WrapperHost.Litellm("/etc/other.yaml")}|Unproven|4|EntryPointUnproven,HxOps.Commands.SetHxEntryPointCommand", told.Trim().Split('\n')[^1]);
        Assert.Equal("active", await _host.ActivityAsync());
    }

    [SkippableFact]
    [Trait("Behaviour", "E-12")]
    public async Task E_12_a_rehearsal_goes_first_and_the_document_tells_of_both()
    {
        await BeginAsync();
        var source = await CheckpointAsync("serve $4 200"); // litellm's own --port
        var process = await _host.RunAsync($"systemctl show --value --property=MainPID {Unit}");

        var alone = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --rehearse --what-if --json"), 0);
        Assert.True(alone.GetProperty("isProven").GetBoolean() && alone.GetProperty("ranProgram").GetBoolean());
        Assert.Equal(process, await _host.RunAsync($"systemctl show --value --property=MainPID {Unit}"));
        var both = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --rehearse --yes --json"), 0);

        Assert.Equal("Set", Text(both, "outcome"));
        Assert.True(both.GetProperty("rehearsal").GetProperty("isProven").GetBoolean());
        Assert.Equal($"/bin/sh {WrapperHost.Litellm("/etc/other.yaml")} ", await _host.RunningAsync());
        var log = WrapperHost.Json(await _host.HxopsAsync($"entrypoint document {source} --json"), 0).GetProperty("status").GetProperty("changeLog").EnumerateArray().Select(line => line.GetString()!).ToList();
        Assert.Contains("- Rehearsed in a sandbox, the program itself, with", log[^2], StringComparison.Ordinal);
        Assert.Contains("- Carried out by systemd with", log[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "E-12")]
    public async Task E_12_a_rehearsal_runs_the_program_as_the_account_of_the_unit_and_leaves_its_folder_as_it_is()
    {
        await BeginAsync();
        var source = await CheckpointAsync("serve $4 200");
        var program = machine.Root.Locate(WrapperHost.Venv + "/litellm");
        var script = File.ReadAllText(program);
        await _host.RunAsync("mkdir -p /run/noted && chmod 1777 /run/noted && rm -f /run/noted/*");
        File.WriteAllText(program, script.Replace("#!/bin/sh\n", "#!/bin/sh\necho $(id -un) $(id -gn) $PYTHONDONTWRITEBYTECODE > /run/noted/litellm\n", StringComparison.Ordinal));
        try
        {
            var before = TreeSnapshot.Of(machine.Root.Locate(WrapperHost.Top + "/gateway/src"));

            var report = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --rehearse --what-if --json"), 0);

            Assert.True(report.GetProperty("isProven").GetBoolean() && report.GetProperty("ranProgram").GetBoolean());
            Assert.Contains(report.GetProperty("real").EnumerateArray(), line => line.GetString() == "the account hx-gateway");
            Assert.Equal("hx-gateway hx-gateway 1", (await _host.RunAsync("cat /run/noted/litellm")).Trim());
            Assert.Equal("hx-gateway", (await _host.RunAsync("stat -c %U /run/noted/litellm")).Trim());
            Assert.Empty(before.Differences(TreeSnapshot.Of(machine.Root.Locate(WrapperHost.Top + "/gateway/src"))));
        }
        finally
        {
            File.WriteAllText(program, script);
        }
    }

    [SkippableFact]
    [Trait("Behaviour", "E-12")]
    public async Task E_12_a_program_whose_account_is_missing_is_stood_in_for()
    {
        await BeginAsync();
        var source = await CheckpointAsync("serve $4 200", account: "hx-nobody-knows");

        var report = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set {source} --rehearse --what-if --json"), 0);

        Assert.True(report.GetProperty("isProven").GetBoolean());
        Assert.False(report.GetProperty("ranProgram").GetBoolean());
        Assert.Contains(report.GetProperty("stoodIn").EnumerateArray(), line => line.GetString()!.Contains("its account hx-nobody-knows does not exist", StringComparison.Ordinal));
    }

    private async Task BeginAsync()
    {
        Skip.If(machine.Absence is not null, machine.Absence);
        Skip.IfNot(File.Exists("/usr/bin/git"), "needs git");
        Skip.If((Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "").StartsWith("/root", StringComparison.Ordinal), "needs a .NET runtime that a service may read");
        await _host.ResetAsync();
    }

    /// <summary>A checkpoint whose unit runs litellm with these words, taken while the pipeline runs.</summary>
    private async Task<string> CheckpointAsync(string words, string account = "")
    {
        machine.WriteFile("/etc/other.yaml", words);
        var source = await _host.TakeCheckpointAsync(WrapperHost.Litellm("/etc/other.yaml"));
        await _host.UsePipelineAsync();
        if (account.Length > 0)
        {
            machine.WriteUnit(Unit + ".d/10-account.conf", $"[Service]\nUser={account}\nGroup={account}\n");
            await _host.RunAsync("systemctl daemon-reload");
        }

        return source;
    }

    private async Task AssertPipelineRunsAsync()
    {
        Assert.Equal("active", await _host.ActivityAsync());
        Assert.Equal($"/bin/sh {WrapperHost.Pipeline} ", await _host.RunningAsync());
        Assert.Null(_host.ReadDropIn());
        Assert.False(_host.IsInterrupted);
    }

    /// <summary>From the moment in which systemd started the process to the one in which it listened.</summary>
    private async Task<double> StartTimeAsync()
    {
        var started = await _host.RunAsync($"date --utc +%FT%T.%NZ --date=\"$(TZ=UTC systemctl show --timestamp=us+utc --value --property=ExecMainStartTimestamp {Unit})\"");
        var ready = File.ReadAllText(machine.Root.Locate("/run/ready"));
        return (DateTimeOffset.Parse(ready, CultureInfo.InvariantCulture) - DateTimeOffset.Parse(started.Trim(), CultureInfo.InvariantCulture)).TotalSeconds;
    }

    /// <summary>How long systemctl takes on this machine just now, in seconds: the middle one of a few.</summary>
    private async Task<double> AnswerTimeAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await machine.Runner.RunCheckedAsync(new ToolCommand("systemctl", ["show", Unit]), default);
            times.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    /// <summary>Collects the command lines of all processes of the machine while something runs.</summary>
    private async Task<ToolResult> WatchingProcessesAsync(List<string> seen, Func<Task<ToolResult>> work)
    {
        var running = work();
        while (!running.IsCompleted)
        {
            seen.Add(await _host.RunAsync("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' || true"));
            await Task.WhenAny(running, Task.Delay(50));
        }

        return await running;
    }

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static string[] Probes(JsonElement result) => [.. result.GetProperty("health").GetProperty("probes").EnumerateArray().Select(probe => Text(probe, "id"))];
}
