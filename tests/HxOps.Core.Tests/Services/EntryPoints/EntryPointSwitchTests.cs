using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Taking;
using HxOps.Core.Tests.Restoring;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Gateway;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Services;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.History;
using HxOps.Services.EntryPoints.Rehearsing;
using HxOps.Services.Operating;
using HxOps.TestKit;
using HxOps.Tools.Processes;
using Xunit;
using ServiceAction = HxOps.Services.Operating.ServiceAction;

namespace HxOps.Core.Tests.Services.EntryPoints;

/// <summary>Sets entry points of a unit that really runs, below a root.</summary>
public sealed class EntryPointSwitchTests : IAsyncLifetime
{
    private const string Unit = EntryPointDeployment.Unit;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _folder = new();
    private readonly EventLog _events = new();
    private readonly int _port = FreePort.Take();
    private readonly DeploymentContext _context;

    public EntryPointSwitchTests() => _context = EntryPointDeployment.At(_folder.Path, _port);

    private string Pipeline => $"{DummyTool.Program} say pipeline serve {_port} 200";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (File.Exists(Local(EntryPointDeployment.UnitFile)))
            await _context.Services.StopAsync(Unit, Limit, default);

        _folder.Dispose();
    }

    [Fact]
    [Trait("Behaviour", "E-06"), Trait("Behaviour", "E-11"), Trait("Behaviour", "E-16"), Trait("Behaviour", "E-18"), Trait("Behaviour", "E-19")]
    public async Task E_11_E_18_E_19_the_previous_entry_point_comes_back_from_a_checkpoint_and_is_proven()
    {
        var old = $"{DummyTool.Program} say litellm serve {_port} 200";
        await LayAsync(old);

        var result = await SetAsync(new EntryPointRequest());

        Assert.Equal((EntryPointOutcome.Set, ""), (result.Outcome, result.Reason));
        Assert.Equal((old, "litellm", EntryPointOrigin.Checkpoint), (result.Wanted.Command, result.Wanted.Kind, result.Wanted.Origin));
        Assert.Equal(old, string.Join(' ', ProcessCommandLine.TryRead(HostRoot.Machine, result.MainProcessId!.Value)));
        Assert.Equal(["/health/liveliness", "/health"], result.Health!.Probes.Select(probe => probe.Id));
        Assert.Equal($"[Service]\nExecStart=\nExecStart={old}\n", File.ReadAllText(Local(EntryPointDeployment.DropIn)));
        Assert.Equal(EntryPointOutcome.AlreadyThere, (await SetAsync(new EntryPointRequest { Source = result.Wanted.Id })).Outcome);
    }

    [Fact]
    [Trait("Behaviour", "E-17"), Trait("Behaviour", "T-22")]
    public async Task E_17_T_22_an_unhealthy_one_is_taken_back_within_the_budget_and_its_expected_status_can_be_given()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");

        var result = await SetAsync(new EntryPointRequest { Budget = TimeSpan.FromSeconds(1) });

        Assert.Equal((EntryPointOutcome.RolledBack, ExitCode.RolledBack), (result.Outcome, result.ExitCode));
        Assert.Contains("503", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Log, line => line.Text == "litellm");
        Assert.Equal("/health/liveliness", Assert.Single(result.Health!.Probes).Id);
        await AssertPipelineRunsAsync();
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_one_that_crashes_at_start_is_taken_back_and_the_key_that_it_logged_is_shown_nowhere()
    {
        await LayAsync($"{DummyTool.Program} say litellm env HX_WRAPPER_KEY exit 3");

        var result = await SetAsync(new EntryPointRequest());

        Assert.Equal(EntryPointOutcome.RolledBack, result.Outcome);
        Assert.Contains(result.Log, line => line.Text.Contains("[redacted]", StringComparison.Ordinal));
        Assert.DoesNotContain(EntryPointDeployment.Key, result.Reason + string.Join('\n', result.Log.Select(line => line.Text)), StringComparison.Ordinal);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30)); // The budget is a minute: it did not wait for health.
        await AssertPipelineRunsAsync();
    }

    [Fact]
    [Trait("Behaviour", "E-08")]
    public async Task E_08_a_placeholder_is_refused_until_the_real_file_is_given()
    {
        var old = $"{DummyTool.Program} say litellm --config /path/to/your/config.yaml serve {_port} 200";
        await LayAsync(old);

        var error = await Assert.ThrowsAsync<HxException>(() => PlanAsync(new EntryPointRequest()));
        Write("/etc/config.yaml", "model_list: []\n");
        var plan = await PlanAsync(new EntryPointRequest { ConfigurationPath = "/etc/config.yaml" });

        Assert.Equal((EntryPointErrors.Placeholder, "/path/to/your/config.yaml"), (error.Id, error.Target));
        Assert.Contains("--config /etc/config.yaml", plan.To.Command, StringComparison.Ordinal);
        Assert.False(File.Exists(Local(EntryPointDeployment.DropIn)));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_refused()
    {
        await LayAsync("/opt/none/bin/litellm --port 4010");

        var error = await Assert.ThrowsAsync<HxException>(() => PlanAsync(new EntryPointRequest()));

        Assert.Equal((EntryPointErrors.Missing, "/opt/none/bin/litellm"), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_command_that_holds_a_key_is_refused_and_listed_without_it()
    {
        await LayAsync($"{DummyTool.Program} say litellm say {EntryPointDeployment.Key} serve {_port} 200");

        var error = await Assert.ThrowsAsync<HxException>(() => PlanAsync(new EntryPointRequest()));
        var known = await new EntryPointHistory(_context).ListAsync(_events, default);

        Assert.Equal(EntryPointErrors.HoldsSecret, error.Id);
        Assert.DoesNotContain(EntryPointDeployment.Key, error.Message + string.Join('\n', known.Select(entryPoint => entryPoint.Command)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "T-31")]
    public async Task T_31_a_later_drop_in_that_decides_is_named_and_nothing_changes()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        Write(EntryPointDeployment.UnitFile + ".d/99-x.conf", $"[Service]\nExecStart=\nExecStart={Pipeline}\n"); // Digits come before override.conf.
        var plan = await PlanAsync(new EntryPointRequest());
        const string later = EntryPointDeployment.UnitFile + ".d/zz-x.conf";
        var before = await _context.Services.GetAsync(Unit, default);
        Write(later, $"[Service]\nExecStart=\nExecStart={Pipeline} \n");

        var planned = await Assert.ThrowsAsync<HxException>(() => PlanAsync(new EntryPointRequest()));
        var run = await Assert.ThrowsAsync<HxException>(() => new EntryPointSwitch(_context).RunAsync(plan, _events, default));

        Assert.Equal((EntryPointErrors.Shadowed, later), (planned.Id, planned.Target));
        Assert.Equal(EntryPointErrors.Shadowed, run.Id);
        Assert.Contains("zz-x.conf", run.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Local(EntryPointDeployment.DropIn)));
        Assert.Equal(before.MainProcessId, (await _context.Services.GetAsync(Unit, default)).MainProcessId);
    }

    [SkippableFact]
    [Trait("Behaviour", "E-11")]
    public async Task E_11_the_history_of_a_repository_knows_the_previous_entry_point()
    {
        Skip.IfNot(File.Exists("/usr/bin/git"), "needs git");
        Write(EntryPointDeployment.UnitFile, $"[Service]\nExecStart={Pipeline}\n");
        Bash("git init -q");
        Commit("/old/bin/litellm --port 4010", "Run the LiteLLM CLI");
        Commit(Pipeline, "Run the pipeline");

        var known = await new EntryPointHistory(_context).ListAsync(_events, default);

        Assert.Equal([EntryPointOrigin.Live, EntryPointOrigin.Git, EntryPointOrigin.Git], known.Select(entryPoint => entryPoint.Origin));
        var previous = Assert.Single(known, entryPoint => !entryPoint.IsCurrent);
        Assert.Equal(("/old/bin/litellm --port 4010", "Run the LiteLLM CLI"), (previous.Command, previous.Note));
        Assert.StartsWith("git:", previous.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_in_the_middle_the_next_run_takes_the_unproven_drop_in_back_first()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        await KillInTheMiddleAsync();
        Assert.True(File.Exists(Local(EntryPointDeployment.DropIn)));

        // The plan of the next run was made from what the killed one left.
        var result = await SetAsync(new EntryPointRequest { Source = "live", Budget = TimeSpan.FromSeconds(1) });

        Assert.Single(_events.Warnings, warning => warning.Target == Unit);
        Assert.Equal(EntryPointOutcome.AlreadyThere, result.Outcome);
        await AssertPipelineRunsAsync();
    }

    [Fact]
    public async Task After_a_kill_what_somebody_has_put_right_since_stays_and_runs_on()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        await KillInTheMiddleAsync();
        var healed = $"[Service]\nExecStart=\nExecStart={DummyTool.Program} say pipeline say healed serve {_port} 200\n";
        Write(EntryPointDeployment.DropIn, healed);
        var running = await _context.Services.RestartAsync(Unit, Limit, default);

        var result = await SetAsync(new EntryPointRequest { Source = "live" });

        Assert.Equal((EntryPointOutcome.AlreadyThere, ""), (result.Outcome, result.Reason));
        Assert.Equal("EntryPointSuperseded", Assert.Single(_events.Warnings, warning => warning.Target == Unit).Id);
        Assert.Equal(healed, File.ReadAllText(Local(EntryPointDeployment.DropIn)));
        Assert.Equal(running.MainProcessId, (await _context.Services.GetAsync(Unit, default)).MainProcessId);
        Assert.False(File.Exists(KeptFile));
    }

    [Fact]
    public async Task After_a_kill_a_unit_that_runs_the_old_drop_in_again_is_not_restarted()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        await KillInTheMiddleAsync();
        File.Delete(Local(EntryPointDeployment.DropIn));
        var running = await _context.Services.RestartAsync(Unit, Limit, default);

        var result = await SetAsync(new EntryPointRequest { Source = "live" });

        Assert.Equal(EntryPointOutcome.AlreadyThere, result.Outcome);
        Assert.Equal(running.MainProcessId, result.MainProcessId);
        await AssertPipelineRunsAsync();
    }

    [Fact]
    public async Task After_a_kill_a_restart_of_the_service_takes_the_unproven_drop_in_back_first()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        await KillInTheMiddleAsync();

        await new ServiceOperator(_context).RunAsync(ServiceOrder.For(_context.Deployment, Unit, ServiceAction.Restart, null), _events, default);

        Assert.Equal("EntryPointRecovered", Assert.Single(_events.Warnings, warning => warning.Target == Unit).Id);
        await AssertPipelineRunsAsync();
    }

    [Fact]
    public async Task After_a_kill_a_restore_and_a_new_checkpoint_take_the_unproven_drop_in_back_first()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        var checkpoint = new CheckpointCatalog(_context).List().Single();
        await KillInTheMiddleAsync();
        using (var lease = DeploymentLock.Acquire(_context.StateFolder, "a test"))
            await new CheckpointWriter(_context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, "of what is proven"), lease, _events, default);

        await AssertPipelineRunsAsync();
        await KillInTheMiddleAsync();
        var options = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate | RestoreSwitches.NoServices };
        var plan = await new RestorePlanner(_context).PlanAsync(checkpoint, options, _events, default);

        var restored = await new RestoreRunner(_context).RunAsync(plan, _events, default);

        Assert.Equal((RestoreOutcome.Restored, false, false), (restored.Outcome, File.Exists(KeptFile), File.Exists(Local(EntryPointDeployment.DropIn))));
        Assert.Contains("say litellm", File.ReadAllText(Local(EntryPointDeployment.UnitFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_who_agrees_beforehand_to_a_restore_agrees_to_the_plan_for_what_is_proven()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        var checkpoint = new CheckpointCatalog(_context).List().Single();
        var options = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate | RestoreSwitches.NoServices | RestoreSwitches.Mirror };
        await KillInTheMiddleAsync();
        var shown = await new RestorePlanner(_context).PlanAsync(checkpoint, options, _events, default); // Removes the unproven drop-in.
        Assert.Same(RestoreErrors.Drifted, (await Assert.ThrowsAsync<HxException>(() => new RestoreRunner(_context).RunAsync(shown, _events, default))).Id);

        await KillInTheMiddleAsync();
        await new RestoreGround(_context).ClearAsync(_events, default);
        await AssertPipelineRunsAsync();
        var plan = await new RestorePlanner(_context).PlanAsync(checkpoint, options, _events, default);

        Assert.Equal(RestoreOutcome.Restored, (await new RestoreRunner(_context).RunAsync(plan, _events, default)).Outcome);
    }

    [Fact]
    public async Task A_program_of_before_that_no_longer_starts_keeps_no_other_one_from_being_set()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200", "/opt/old say pipeline sleep 600");
        var good = new CheckpointCatalog(_context).List().Single().Id;
        Write(EntryPointDeployment.UnitFile, UnitText($"{DummyTool.Program} say litellm exit 3"));
        await TakeCheckpointAsync();
        var bad = new CheckpointCatalog(_context).List().Single(one => one.Id != good).Id;
        Write(EntryPointDeployment.UnitFile, UnitText("/opt/old say pipeline sleep 600"));
        File.Delete(Local("/opt/old")); // It runs on.

        var first = await SetAsync(new EntryPointRequest { Source = bad });
        var second = await SetAsync(new EntryPointRequest { Source = good });

        Assert.Equal(EntryPointOutcome.Inconsistent, first.Outcome);
        Assert.Contains("The drop-in is as it was before, but:", first.Reason, StringComparison.Ordinal);
        Assert.Contains("/opt/old", first.Reason, StringComparison.Ordinal);
        Assert.Equal((EntryPointOutcome.Set, ""), (second.Outcome, second.Reason));
        Assert.False(File.Exists(KeptFile));
    }

    [Fact]
    public async Task A_plan_that_was_made_from_another_drop_in_is_refused()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        var plan = await PlanAsync(new EntryPointRequest());
        const string edited = "[Service]\nNice=1\n";
        Write(EntryPointDeployment.DropIn, edited);

        var error = await Assert.ThrowsAsync<HxException>(() => new EntryPointSwitch(_context).RunAsync(plan, _events, default));

        Assert.Equal((EntryPointErrors.PlanStale, EntryPointDeployment.DropIn), (error.Id, error.Target));
        Assert.Equal(edited, File.ReadAllText(Local(EntryPointDeployment.DropIn)));
    }

    [Theory]
    [InlineData("say pipeline say edited serve {0} 200", "")]
    [InlineData("say pipeline serve {0} 200", " say more")] // It runs with more than the files say.
    [Trait("Behaviour", "E-19")]
    public async Task E_19_a_unit_that_runs_with_other_arguments_than_its_files_say_is_restarted(string written, string rest)
    {
        var command = $"{DummyTool.Program} {written.Replace("{0}", $"{_port}", StringComparison.Ordinal)}";
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200", Pipeline + rest);
        Write(EntryPointDeployment.DropIn, $"[Service]\nExecStart=\nExecStart={command}\n");

        var result = await SetAsync(new EntryPointRequest { Source = "live" });

        Assert.Equal((EntryPointOutcome.Set, true, command), (result.Outcome, result.WasRestarted, result.RunningCommand));
        var again = await SetAsync(new EntryPointRequest { Source = "live" });
        Assert.Equal((EntryPointOutcome.AlreadyThere, false), (again.Outcome, again.WasRestarted));
    }

    [Fact]
    public async Task A_drop_in_keeps_its_other_settings_and_its_mode_there_and_back()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        const string present = "[Service]\nEnvironment=NOTE=for-root-only\n";
        Write(EntryPointDeployment.DropIn, present);
        File.SetUnixFileMode(Local(EntryPointDeployment.DropIn), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var modes = new HashSet<UnixFileMode>();
        var running = SetAsync(new EntryPointRequest { Budget = TimeSpan.FromSeconds(1) });
        while (!running.IsCompleted)
        {
            modes.Add(File.GetUnixFileMode(Local(EntryPointDeployment.DropIn)));
            await Task.WhenAny(running, Task.Delay(5));
        }

        Assert.Equal(EntryPointOutcome.RolledBack, (await running).Outcome);
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], modes);
        Assert.Equal(present, File.ReadAllText(Local(EntryPointDeployment.DropIn)));
    }

    [Fact]
    public async Task A_drop_in_that_is_a_link_is_refused()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        Write("/srv/kept.conf", "[Service]\nNice=1\n");
        Directory.CreateDirectory(Path.GetDirectoryName(Local(EntryPointDeployment.DropIn))!);
        File.CreateSymbolicLink(Local(EntryPointDeployment.DropIn), Local("/srv/kept.conf"));

        var error = await Assert.ThrowsAsync<HxException>(() => PlanAsync(new EntryPointRequest()));

        Assert.Equal((EntryPointErrors.Linked, EntryPointDeployment.DropIn), (error.Id, error.Target));
    }

    [Fact]
    [Trait("Behaviour", "E-19")]
    public async Task E_19_what_the_files_say_already_must_run_and_be_healthy_too()
    {
        var litellm = $"{DummyTool.Program} say litellm serve {_port} 503";
        await LayAsync(litellm);
        var checkpoint = (await new EntryPointHistory(_context).ListAsync(_events, default)).Single(one => one.Origin == EntryPointOrigin.Checkpoint).Id;
        Write(EntryPointDeployment.UnitFile, UnitText(litellm)); // The pipeline still runs.

        var first = await SetAsync(new EntryPointRequest { Source = checkpoint, Budget = TimeSpan.FromSeconds(1) });
        var again = await SetAsync(new EntryPointRequest { Source = checkpoint, ExpectedStatus = 503, HealthPath = "/health/liveliness" });

        Assert.Equal((EntryPointOutcome.Unproven, ExitCode.VerificationFailed), (first.Outcome, first.ExitCode));
        Assert.Contains("503", first.Reason, StringComparison.Ordinal);
        Assert.Equal((EntryPointOutcome.AlreadyThere, ""), (again.Outcome, again.Reason));
        Assert.Equal(litellm, again.RunningCommand);
        Assert.False(File.Exists(Local(EntryPointDeployment.DropIn)));
    }

    [Fact]
    public async Task What_the_manager_has_loaded_counts_not_only_the_files()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        var deaf = _context with { Services = new OtherwiseLoaded(_context.Services) };

        var error = await Assert.ThrowsAsync<HxException>(async () =>
            await new EntryPointSwitch(deaf).RunAsync(await PlanAsync(new EntryPointRequest()), _events, default));

        Assert.Equal(EntryPointErrors.Shadowed, error.Id);
        Assert.Contains("/bin/other", error.Message, StringComparison.Ordinal);
        await AssertPipelineRunsAsync();
    }

    [SkippableFact]
    public async Task A_commit_that_changed_several_files_has_an_id_for_each()
    {
        Skip.IfNot(File.Exists("/usr/bin/git"), "needs git");
        Write(EntryPointDeployment.UnitFile, $"[Service]\nExecStart={Pipeline}\n");
        Bash("git init -q");
        Write("/srv/repository/other.service", "[Service]\nExecStart=/other/bin/litellm --port 4010\n");
        Commit("/old/bin/litellm --port 4010", "Both");
        var context = _context with
        {
            Deployment = _context.Deployment with { Service = _context.Deployment.Service! with { History = ["/srv/repository/hx-gateway-ml.service", "/srv/repository/other.service"] } },
        };

        var known = await new EntryPointHistory(context).ListAsync(_events, default);

        Assert.Equal(known.Length, known.Select(entryPoint => entryPoint.Id).Distinct().Count());
        var other = Assert.Single(known, entryPoint => entryPoint.Id.EndsWith(":other.service", StringComparison.Ordinal));
        Assert.Equal("/other/bin/litellm --port 4010", (await new EntryPointHistory(context).FindAsync(other.Id, _events, default)).Command);
    }

    [Fact]
    [Trait("Behaviour", "E-12")]
    public async Task E_12_a_rehearsal_runs_the_program_itself_in_a_sandbox_and_the_real_unit_stays_as_it_is()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        var plan = await PlanAsync(new EntryPointRequest());
        var before = await _context.Services.GetAsync(Unit, default);

        var report = await Rehearsal().RunAsync(plan, _events, default);

        Assert.Equal((true, true, ""), (report.IsProven, report.RanProgram, report.Reason));
        Assert.Contains($"the program {DummyTool.Program}", report.Real);
        Assert.Contains(report.StoodIn, line => line.Contains("supervisor", StringComparison.Ordinal));
        Assert.Equal(before.MainProcessId, (await _context.Services.GetAsync(Unit, default)).MainProcessId);
        Assert.False(File.Exists(Local(EntryPointDeployment.DropIn)));
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.GetTempPath(), "hxops-rehearsal-*"), folder => Directory.GetCreationTimeUtc(folder) > before.SinceUtc);
    }

    [Fact]
    [Trait("Behaviour", "E-12")]
    public async Task E_12_a_program_that_cannot_run_is_stood_in_for_and_the_report_says_so()
    {
        Write("/opt/litellm", "#!/none/bin/python\n");
        File.SetUnixFileMode(Local("/opt/litellm"), (UnixFileMode)0x1ED);
        await LayAsync("/opt/litellm say litellm");

        var report = await Rehearsal().RunAsync(await PlanAsync(new EntryPointRequest()), _events, default);

        Assert.Equal((true, false), (report.IsProven, report.RanProgram));
        Assert.Contains(report.StoodIn, line => line.StartsWith("/opt/litellm cannot run here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stand_in_for_a_program_below_the_working_folder_leaves_that_program_as_it_is()
    {
        const string program = "#!/none/bin/python\n";
        Write("/opt/app/bin/litellm", program);
        File.SetUnixFileMode(Local("/opt/app/bin/litellm"), (UnixFileMode)0x1ED);
        await LayAsync("/opt/app/bin/litellm say litellm");
        Write(EntryPointDeployment.UnitFile, UnitText(Pipeline) + "WorkingDirectory=/opt/app\n"); // The sandbox has a link to it.
        var before = TreeSnapshot.Of(Local("/opt/app"));

        var report = await Rehearsal().RunAsync(await PlanAsync(new EntryPointRequest()), _events, default);

        Assert.Equal((true, false, ""), (report.IsProven, report.RanProgram, report.Reason));
        Assert.Empty(before.Differences(TreeSnapshot.Of(Local("/opt/app"))));
        Assert.Equal(program, File.ReadAllText(Local("/opt/app/bin/litellm")));
    }

    [Fact]
    public async Task A_present_program_that_does_not_start_in_the_sandbox_is_told_and_does_not_stop_the_rehearsal()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200");
        Write(EntryPointDeployment.UnitFile, UnitText("/bin/sh -c 'exit 3'")); // It ends at once, however busy the machine is.

        var report = await Rehearsal().RunAsync(await PlanAsync(new EntryPointRequest()), _events, default);

        Assert.True(report.IsProven, report.Reason);
        Assert.Contains(report.StoodIn, line => line.StartsWith("the present program did not start here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rehearsed_program_gets_the_environment_files_that_wildcards_name_and_one_that_is_not_there_may_be_missing()
    {
        await LayAsync($"{DummyTool.Program} say litellm guard HX_RARE_KEY serve {_port} 200");
        Write("/etc/hx-conf.d/10-key.env", $"HX_RARE_KEY={EntryPointDeployment.Key}\n");
        Write(EntryPointDeployment.UnitFile, UnitText(Pipeline) + "EnvironmentFile=-/etc/hx-none.env\nEnvironmentFile=/etc/hx-conf.d/*.env\n");

        var report = await Rehearsal().RunAsync(await PlanAsync(new EntryPointRequest()), _events, default);

        Assert.Equal((true, true, ""), (report.IsProven, report.RanProgram, report.Reason));
        Assert.DoesNotContain(report.StoodIn, line => line.StartsWith("the present program did not start here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_that_finds_its_drop_in_not_in_effect_puts_it_back()
    {
        Write("/config.yaml", "");
        await LayAsync($"{DummyTool.Program} say litellm say --config=/config.yaml serve {_port} 200");
        var plan = new PlanReader(_context.Codecs.Yaml).Read("""
            format: 1
            name: back
            description: The entry point before
            owner: Platform Team
            version: "1"
            root: /
            target: 5m
            budget: 5m
            scenarios:
              - name: only
                budget: 2m
                steps: [{ name: drop-in, budget: 1m, action: { do: entry-point, source: previous, config: /config.yaml } }]
            """, "plan.yaml");

        var result = await new PlanRunner(_context with { Services = new OtherwiseLoaded(_context.Services) }, new AgreedBeforehand("a test")).RunAsync(plan, null, _events, default);

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Contains("has loaded '/bin/other'", Assert.Single(result.Reasons), StringComparison.Ordinal);
        await AssertPipelineRunsAsync();
    }

    [Fact]
    public async Task A_restart_below_a_root_asks_the_health_of_a_program_with_paths_and_says_why_another_one_was_not_asked()
    {
        Write("/opt/gateway/settings", "");
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 200", $"{DummyTool.Program} say /opt/gateway/settings serve {_port} 200");
        var service = _context.Deployment.Service!;
        var known = service with { EntryPoints = [new EntryPointKind("settings", "say /opt/gateway/settings", service.EntryPoints[0].Health)] };

        var asked = await RestartAsync(_context with { Deployment = _context.Deployment with { Service = known } });
        var unknown = await RestartAsync(_context);
        var mute = await RestartAsync(_context with { Deployment = _context.Deployment with { Service = known with { EntryPoints = [known.EntryPoints[0] with { Health = [] }] } } });

        Assert.Equal((Verdict.Healthy, ""), (asked.Health?.Verdict, asked.Reason));
        Assert.Null(unknown.Health);
        Assert.Contains("none of the entry points", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("no question for the entry point settings", mute.Reason, StringComparison.Ordinal);
    }

    private Task<ServiceResult> RestartAsync(DeploymentContext context) =>
        new ServiceOperator(context).RunAsync(ServiceOrder.For(context.Deployment, Unit, ServiceAction.Restart, null), _events, default);

    [Fact]
    public async Task What_fails_in_its_rehearsal_is_not_carried_out()
    {
        await LayAsync($"{DummyTool.Program} say litellm serve {_port} 503");
        var plan = await PlanAsync(new EntryPointRequest { Budget = TimeSpan.FromSeconds(1) });

        var result = await new EntryPointSwitch(_context).RunAsync(plan, Rehearsal(), _events, default);

        Assert.Equal((EntryPointOutcome.NotRehearsed, ExitCode.VerificationFailed), (result.Outcome, result.ExitCode));
        Assert.Contains("503", result.Reason, StringComparison.Ordinal);
        await AssertPipelineRunsAsync();
    }

    private EntryPointRehearsal Rehearsal() =>
        new(_context, (port, _) => [DummyTool.Program, "serve", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "200"]);

    private string KeptFile => Path.Combine(_context.StateFolder, "entry-point.json");

    /// <summary>Sets the previous entry point in a process that is killed when that runs and is not proven.</summary>
    private async Task KillInTheMiddleAsync()
    {
        using var partner = new RestorePartner(_folder.Path, "set-entry-point", $"{_port}");
        await Eventually.HoldsAsync(() => RunningCommand().Contains("say litellm", StringComparison.Ordinal), "the unproven entry point runs");
        partner.Kill();
        Assert.True(File.Exists(KeptFile));
    }

    /// <summary>A checkpoint of the old command, then the pipeline in its place and running.</summary>
    private async Task LayAsync(string old, string? present = null)
    {
        Write(EntryPointDeployment.EnvironmentFile, $"HX_WRAPPER_KEY={EntryPointDeployment.Key}\n");
        Write(EntryPointDeployment.UnitFile, UnitText(old));
        Write("/opt/old", $"#!/bin/sh\n'{DummyTool.Program}' \"$@\" &\nwait $!\n");
        File.SetUnixFileMode(Local("/opt/old"), (UnixFileMode)0x1ED);
        await TakeCheckpointAsync();
        Write(EntryPointDeployment.UnitFile, UnitText(present ?? Pipeline));
        await _context.Services.StartAsync(Unit, Limit, default);
    }

    private async Task TakeCheckpointAsync()
    {
        Directory.CreateDirectory(_context.StateFolder);
        using var lease = DeploymentLock.Acquire(_context.StateFolder, "a test");
        await new CheckpointWriter(_context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, "before the pipeline"), lease, _events, default);
    }

    private static string UnitText(string command) =>
        $"[Service]\nEnvironmentFile={EntryPointDeployment.EnvironmentFile}\nExecStart={command}\n";

    private Task<EntryPointPlan> PlanAsync(EntryPointRequest request) => new EntryPointPlanner(_context).PlanAsync(request, _events, default);

    private async Task<EntryPointResult> SetAsync(EntryPointRequest request) =>
        await new EntryPointSwitch(_context).RunAsync(await PlanAsync(request), _events, default);

    private async Task AssertPipelineRunsAsync()
    {
        Assert.Equal(UnitActivity.Active, (await _context.Services.GetAsync(Unit, default)).Activity);
        Assert.Equal(Pipeline, RunningCommand());
        Assert.False(File.Exists(Local(EntryPointDeployment.DropIn)));
        Assert.False(File.Exists(Path.Combine(_context.StateFolder, "entry-point.json")));
    }

    private string RunningCommand() =>
        _context.Services.GetAsync(Unit, default).GetAwaiter().GetResult().MainProcessId is { } process
            ? string.Join(' ', ProcessCommandLine.TryRead(HostRoot.Machine, process))
            : "";

    private void Commit(string command, string subject)
    {
        Write("/srv/repository/hx-gateway-ml.service", $"[Service]\nExecStart={command}\n");
        Bash($"git add . && git -c user.name=t -c user.email=t@localhost commit -q -m '{subject}'");
    }

    private void Bash(string line)
    {
        var folder = Directory.CreateDirectory(Local("/srv/repository")).FullName;
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", line]) { WorkingDirectory = folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string Local(string hostPath) => _context.Root.Locate(hostPath);

    private void Write(string hostPath, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Local(hostPath))!);
        File.WriteAllText(Local(hostPath), text);
    }

    /// <summary>A manager that has something else loaded than the files say.</summary>
    private sealed class OtherwiseLoaded(IServiceControl services) : IServiceControl
    {
        public string Name => services.Name;

        public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) => services.GetAsync(unit, cancellation);

        public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) => services.StartAsync(unit, limit, cancellation);

        public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => services.StopAsync(unit, limit, cancellation);

        public Task ReloadDefinitionsAsync(CancellationToken cancellation) => services.ReloadDefinitionsAsync(cancellation);

        public Task<string?> LoadedCommandAsync(string unit, CancellationToken cancellation) => Task.FromResult<string?>("/bin/other");

        public Task<System.Collections.Immutable.ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) =>
            services.ReadLogAsync(unit, sinceUtc, mostLines, cancellation);

        public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
            services.FollowLogAsync(unit, sinceUtc, cancellation);
    }
}
