using System.Diagnostics;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Services;

public sealed class EmbeddedSupervisorTests : IDisposable
{
    private const string Unit = "hx-test.service";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _folder = new();
    private readonly IServiceControl _services;

    public EmbeddedSupervisorTests() => _services = ServiceControlSelector.For(HostRoot.At(_folder.Path));

    public void Dispose()
    {
        _services.StopAsync(Unit, TimeSpan.Zero, default).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_stop_and_status_follow_the_real_process()
    {
        WriteUnit($"ExecStart={DummyTool.Program} say hello sleep 600");

        Assert.Equal(UnitActivity.Inactive, (await _services.GetAsync(Unit, default)).Activity);
        var started = await _services.StartAsync(Unit, Limit, default);
        Assert.Equal(UnitActivity.Active, started.Activity);
        var process = ProcessIdentity.Of(started.MainProcessId!.Value)!;
        Assert.True(process.IsAlive);

        var stopped = await _services.StopAsync(Unit, Limit, default);

        Assert.Equal((UnitActivity.Inactive, (int?)null), (stopped.Activity, stopped.MainProcessId));
        Assert.False(process.IsAlive);
    }

    [Fact]
    public async Task An_unknown_unit_is_absent_and_cannot_be_started()
    {
        Assert.Equal(UnitActivity.Absent, (await _services.GetAsync(Unit, default)).Activity);

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Equal((ServiceErrors.UnitNotFound, Unit), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_unit_that_ends_at_once_fails_with_its_last_lines()
    {
        WriteUnit("ExecStart=/bin/sh -c 'echo no configuration >&2; exit 3'");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Equal(ServiceErrors.StartFailed, error.Id);
        Assert.Contains("no configuration", error.Message, StringComparison.Ordinal);
        Assert.Equal(UnitActivity.Failed, (await _services.GetAsync(Unit, default)).Activity);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_the_start_by_name()
    {
        WriteUnit("ExecStart=/opt/none/venv/bin/uvicorn");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Equal(ServiceErrors.StartFailed, error.Id);
        Assert.Contains("/opt/none/venv/bin/uvicorn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_dies_by_itself_is_failed_with_its_exit_code()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 0.6 exit 9");
        await _services.StartAsync(Unit, Limit, default);

        await Eventually.HoldsAsync(() => Status().Activity == UnitActivity.Failed, "the unit is failed");

        await Eventually.HoldsAsync(() => Status().Detail == "exit-code 9", "its exit code is known");
    }

    [Theory]
    [InlineData("TERM", UnitActivity.Inactive)]
    [InlineData("KILL", UnitActivity.Failed)]
    public async Task A_service_ended_by_another_hand_is_told_as_systemd_would(string signal, UnitActivity activity)
    {
        WriteUnit("ExecStart=/bin/sleep 600");
        var main = (await _services.StartAsync(Unit, Limit, default)).MainProcessId!.Value;

        await new ProcessRunner().RunCheckedAsync(new ToolCommand("/bin/kill", ["-" + signal, main.ToString(CultureInfo.InvariantCulture)]), default);

        await Eventually.HoldsAsync(() => Status().Activity == activity, $"the unit is {activity}");
    }

    [Fact]
    public async Task Starting_a_running_unit_changes_nothing()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");

        var first = await _services.StartAsync(Unit, Limit, default);
        var second = await _services.StartAsync(Unit, Limit, default);

        Assert.Equal(first.MainProcessId, second.MainProcessId);
    }

    [Fact]
    [Trait("Behaviour", "S-14")]
    public async Task S_14_a_service_deaf_to_SIGTERM_is_killed_with_its_children_when_its_TimeoutStopSec_is_over()
    {
        var mark = _folder["child"];
        WriteUnit($"TimeoutStopSec=500ms\nExecStart={DummyTool.Program} deaf spawn deaf mark {mark} sleep 600");
        var main = (await _services.StartAsync(Unit, Limit, default)).MainProcessId!.Value;
        await Eventually.HoldsAsync(() => File.Exists(mark) && File.ReadAllText(mark).Length > 0, "the child runs");
        var child = int.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture);

        var watch = Stopwatch.StartNew();
        var stopped = await _services.StopAsync(Unit, Limit, default);

        Assert.Equal((UnitActivity.Failed, "timeout"), (stopped.Activity, stopped.Detail));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(8));
        Assert.All([main, child], id => Assert.False(ProcessStatus.Read(id) is { IsAlive: true }));
    }

    [Fact]
    public async Task KillMode_mixed_asks_the_main_process_and_kills_what_it_leaves()
    {
        var mark = _folder["child"];
        WriteUnit($"KillMode=mixed\nTimeoutStopSec=60\nExecStart={DummyTool.Program} spawn deaf mark {mark} sleep 600");
        await _services.StartAsync(Unit, Limit, default);
        await Eventually.HoldsAsync(() => File.Exists(mark) && File.ReadAllText(mark).Length > 0, "the child runs");

        var watch = Stopwatch.StartNew();
        await _services.StopAsync(Unit, Limit, default);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.False(ProcessStatus.Read(int.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture)) is { IsAlive: true });
    }

    [Fact]
    [Trait("Behaviour", "C-29")]
    public async Task C_29_a_stop_is_forced_at_the_callers_limit()
    {
        WriteUnit($"TimeoutStopSec=infinity\nExecStart={DummyTool.Program} deaf sleep 600");
        await _services.StartAsync(Unit, Limit, default);

        var watch = Stopwatch.StartNew();
        var stopped = await _services.StopAsync(Unit, TimeSpan.FromSeconds(0.5), default);

        Assert.Equal((UnitActivity.Failed, (int?)null), (stopped.Activity, stopped.MainProcessId));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task The_process_gets_the_units_environment_and_no_more()
    {
        Environment.SetEnvironmentVariable("HXOPS_TEST_FOREIGN", "foreign");
        Write("/etc/hx.env", "# keys\nHX_UPSTREAM=\"from file\"\n");
        WriteUnit($"Environment=GREETING=hello HX_UPSTREAM=inline\nEnvironmentFile=/etc/hx.env\nEnvironmentFile=-/etc/none.env\n"
            + $"ExecStart={DummyTool.Program} env GREETING env HX_UPSTREAM env HXOPS_TEST_FOREIGN env PATH sleep 600");

        await _services.StartAsync(Unit, Limit, default);

        await Eventually.HoldsAsync(() => Log().Any(line => line.StartsWith("/usr/local", StringComparison.Ordinal)), "it has printed");
        Assert.Equal(["hello", "from file", "(unset)", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], Log().Where(line => !line.StartsWith("[hxops", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_environment_file_fails_the_start_by_file_and_line()
    {
        WriteUnit($"EnvironmentFile=/etc/none.env\nExecStart={DummyTool.Program} sleep 600");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Contains("/etc/none.env' (/etc/systemd/system/hx-test.service:2)", error.Message, StringComparison.Ordinal);
        Assert.Equal(UnitActivity.Failed, Status().Activity);
    }

    [Fact]
    public async Task Paths_that_exist_below_the_root_are_taken_there_and_others_stay()
    {
        Write("/opt/gateway/config.yaml", "");
        Directory.CreateSymbolicLink(_folder["opt/gateway/bin"], AppContext.BaseDirectory);
        WriteUnit("WorkingDirectory=/opt/gateway\nEnvironment=LIST=/opt/gateway:/etc/hostname-none\n"
            + "ExecStart=/opt/gateway/bin/HxOps.DummyTool folder env LIST say /opt/gateway/config.yaml say --config=/opt/gateway/config.yaml say /opt/none sleep 600");

        await _services.StartAsync(Unit, Limit, default);

        await Eventually.HoldsAsync(() => Log().Contains("/opt/none"), "it has printed");
        var config = _folder["opt/gateway/config.yaml"];
        Assert.Equal(
            [_folder["opt/gateway"], $"{_folder["opt/gateway"]}:/etc/hostname-none", config, $"--config={config}", "/opt/none"],
            Log().Where(line => !line.StartsWith("[hxops", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_oneshot_unit_runs_to_its_end_and_remains_active_if_it_says_so()
    {
        WriteUnit($"Type=oneshot\nExecStart={DummyTool.Program} say one\nExecStart={DummyTool.Program} say two");
        Assert.Equal(UnitActivity.Inactive, (await _services.StartAsync(Unit, Limit, default)).Activity);
        Assert.Equal(["one", "two"], Log().Where(line => !line.StartsWith("[hxops", StringComparison.Ordinal)));

        WriteUnit($"Type=oneshot\nRemainAfterExit=yes\nExecStart={DummyTool.Program} say one");
        Assert.Equal((UnitActivity.Active, "exited"), ((await _services.StartAsync(Unit, Limit, default)).Activity, Status().Detail));

        Assert.Equal(UnitActivity.Inactive, (await _services.StopAsync(Unit, Limit, default)).Activity);
    }

    [Fact]
    public async Task A_command_before_the_start_that_fails_keeps_the_service_down_unless_its_failure_is_ignored()
    {
        var main = _folder["main"];
        WriteUnit($"ExecStartPre=-{DummyTool.Program} exit 1\nExecStartPre={DummyTool.Program} exit 4\nExecStart={DummyTool.Program} mark {main} sleep 600");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Contains("exited with 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("hx-test.service:3", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(main));
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_given_up_and_leaves_nothing_running()
    {
        var mark = _folder["pre"];
        WriteUnit($"ExecStartPre={DummyTool.Program} mark {mark} sleep 600\nExecStart={DummyTool.Program} sleep 600");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, TimeSpan.FromSeconds(1), default));

        Assert.Contains("did not start within 1 s", error.Message, StringComparison.Ordinal);
        var before = int.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync(() => ProcessStatus.Read(before) is not { IsAlive: true }, "the command before the start is gone");
        Assert.Equal(UnitActivity.Failed, Status().Activity);
    }

    [Fact]
    public async Task Stop_commands_run_before_the_signal_and_after_the_end()
    {
        WriteUnit($"ExecStop=/bin/sh -c 'test -d /proc/$MAINPID && echo asked'\nExecStopPost=/bin/echo tidied\nExecStart={DummyTool.Program} sleep 600");
        await _services.StartAsync(Unit, Limit, default);

        await _services.StopAsync(Unit, Limit, default);

        Assert.Equal(["asked", "tidied"], Log().Where(line => !line.StartsWith("[hxops", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ExecReload=/bin/echo reloading $MAINPID\n", ReloadWay.Reloaded)]
    [InlineData("", ReloadWay.Restarted)]
    [Trait("Behaviour", "S-35")]
    public async Task S_35_a_reload_that_is_not_implemented_becomes_a_restart_and_says_so(string reload, ReloadWay way)
    {
        WriteUnit($"{reload}ExecStart={DummyTool.Program} sleep 600");
        var before = (await _services.StartAsync(Unit, Limit, default)).MainProcessId;

        var result = await _services.ReloadOrRestartAsync(Unit, Limit, default);

        Assert.Equal((way, UnitActivity.Active), (result.Way, result.Status.Activity));
        Assert.Equal(way == ReloadWay.Reloaded, result.Status.MainProcessId == before);
        Assert.Equal(way == ReloadWay.Reloaded, Log().Contains($"reloading {before}"));
    }

    [Fact]
    public async Task A_reload_that_fails_is_named_and_leaves_the_service_running()
    {
        WriteUnit($"ExecReload=/bin/false\nExecStart={DummyTool.Program} sleep 600");
        await _services.StartAsync(Unit, Limit, default);

        var error = await Assert.ThrowsAsync<HxException>(() => _services.ReloadOrRestartAsync(Unit, Limit, default));

        Assert.Equal(ServiceErrors.ReloadFailed, error.Id);
        Assert.Equal(UnitActivity.Active, Status().Activity);
    }

    [Fact]
    [Trait("Behaviour", "S-12")]
    public async Task S_12_the_limit_of_open_files_is_applied()
    {
        WriteUnit($"LimitNOFILE=321\nExecStart={DummyTool.Program} sleep 600");

        var main = (await _services.StartAsync(Unit, Limit, default)).MainProcessId;

        Assert.Matches(@"Max open files\s+321\s+321", await File.ReadAllTextAsync($"/proc/{main}/limits"));
    }

    [Fact]
    public async Task A_masked_unit_is_not_started()
    {
        Directory.CreateDirectory(_folder["etc/systemd/system"]);
        File.CreateSymbolicLink(_folder[$"etc/systemd/system/{Unit}"], "/dev/null");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Contains("masked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_names_the_unit_file_that_cannot_be_understood()
    {
        Write("/etc/systemd/system/other.service", "[Service]\n[nonsense\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.ReloadDefinitionsAsync(default));

        Assert.Equal((ServiceErrors.UnitFileInvalid, "/etc/systemd/system/other.service:2"), (error.Id, error.Target));
    }

    [Fact]
    public async Task The_log_is_the_owners_alone_and_is_read_by_time_and_count()
    {
        WriteUnit($"Type=oneshot\nExecStart={DummyTool.Program} say one say two say three");
        await _services.StartAsync(Unit, Limit, default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder[$"var/log/hxops/{Unit}.log"]));
        Assert.Equal(["one", "two", "three"], Log().Where(line => !line.StartsWith("[hxops", StringComparison.Ordinal)));
        Assert.Equal(2, (await _services.ReadLogAsync(Unit, DateTimeOffset.MinValue, 2, default)).Length);
        Assert.Empty(await _services.ReadLogAsync(Unit, DateTimeOffset.UtcNow.AddHours(1), 100, default));
        Assert.Empty(await _services.ReadLogAsync("never-ran.service", DateTimeOffset.MinValue, 100, default));
    }

    [Fact]
    public async Task What_is_remembered_holds_no_secret()
    {
        WriteUnit($"Environment=MASTER_KEY=sk-planted\nExecStart={DummyTool.Program} sleep 600 sk-planted");
        await _services.StartAsync(Unit, Limit, default);

        Assert.All(Directory.EnumerateFiles(_folder["run/hxops/units"]), file =>
            Assert.DoesNotContain("sk-planted", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_keys_that_a_service_prints_are_taken_out_of_its_log_and_its_errors()
    {
        Write("/etc/hx.env", "MASTER_KEY=r4nd0m-pr0duct10n-v4lue\n");
        WriteUnit("EnvironmentFile=/etc/hx.env\nExecStart=/bin/sh -c 'echo using ${MASTER_KEY} and sk-hx-dev-1234 now; exit 1'");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Contains("using [redacted] and [redacted] now", error.Message, StringComparison.Ordinal);
        Assert.All(Log().Append(error.Message), text => Assert.DoesNotMatch("r4nd0m|sk-hx", text));
    }

    [Fact]
    public async Task Another_process_with_the_same_id_is_never_taken_for_the_service()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");
        var main = (await _services.StartAsync(Unit, Limit, default)).MainProcessId!.Value;
        var file = _folder[$"run/hxops/units/{Unit}.json"];
        var state = await File.ReadAllTextAsync(file);
        await _services.StopAsync(Unit, Limit, default);
        await File.WriteAllTextAsync(file, state.Replace($"\"id\": {main}", $"\"id\": {Environment.ProcessId}", StringComparison.Ordinal));

        Assert.Equal((UnitActivity.Failed, (int?)null), (Status().Activity, Status().MainProcessId));
        await _services.StopAsync(Unit, Limit, default);
    }

    [Fact]
    public async Task A_session_of_a_stranger_that_got_the_id_of_a_dead_main_process_is_left_alone()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");
        var main = (await _services.StartAsync(Unit, Limit, default)).MainProcessId!.Value;
        using var stranger = Process.Start("setsid", ["sh", "-c", "sleep 600 & wait"]);
        await Eventually.HoldsAsync(() => ProcessStatus.Read(stranger.Id)?.SessionId == stranger.Id, "the stranger leads a session");
        var file = _folder[$"run/hxops/units/{Unit}.json"];
        var state = (await File.ReadAllTextAsync(file)).Replace($"\"id\": {main}", $"\"id\": {stranger.Id}", StringComparison.Ordinal);
        await _services.StopAsync(Unit, Limit, default);
        try
        {
            await File.WriteAllTextAsync(file, state);
            await _services.StopAsync(Unit, Limit, default);
            Assert.False(stranger.HasExited);

            await File.WriteAllTextAsync(file, state);
            await _services.StartAsync(Unit, Limit, default);
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_followed_log_loses_no_line_however_long_it_is()
    {
        var log = _folder[$"var/log/hxops/{Unit}.log"];
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await File.WriteAllTextAsync(log, string.Concat(Enumerable.Range(0, 100_000).Select(number => $"line {number:0000000} {new string('x', 40)}\n")) + "half");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var lines = _services.FollowLogAsync(Unit, DateTimeOffset.MinValue, patience.Token).GetAsyncEnumerator(patience.Token);
        while (await lines.MoveNextAsync() && !lines.Current.Text.StartsWith("line 0099999", StringComparison.Ordinal))
        {
        }

        await File.AppendAllTextAsync(log, " done\n" + string.Concat(Enumerable.Range(0, 10).Select(number => $"new {number}\n")));
        var seen = new List<string>();
        while (seen.Count < 11 && await lines.MoveNextAsync())
            seen.Add(lines.Current.Text);

        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"new {number}").Prepend("half done"), seen);
    }

    [Fact]
    public async Task A_service_outlives_a_killed_starter_and_the_next_one_stops_it()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");
        using var starter = Process.Start(DummyTool.Program, ["start-unit", _folder.Path, Unit, "sleep", "600"]);
        await Eventually.HoldsAsync(() => Status().Activity == UnitActivity.Active, "the other process has started the unit");

        starter.Kill();
        await starter.WaitForExitAsync();

        var status = Status();
        Assert.Equal(UnitActivity.Active, status.Activity);
        Assert.Equal(UnitActivity.Inactive, (await _services.StopAsync(Unit, Limit, default)).Activity);
        Assert.False(ProcessStatus.Read(status.MainProcessId!.Value) is { IsAlive: true });
    }

    [Fact]
    public async Task However_a_starter_is_killed_the_next_stop_finds_what_it_started()
    {
        var marks = _folder["marks"];
        WriteUnit($"ExecStartPre=/bin/sh -c 'echo $$$$ >> {marks}'\nExecStart=/bin/sh -c 'echo $$$$ >> {marks}; exec sleep 600'");
        for (var delay = 60; delay <= 420; delay += 40)
        {
            using var starter = Process.Start(DummyTool.Program, ["start-unit", _folder.Path, Unit, "sleep", "600"]);
            await Task.Delay(delay);
            starter.Kill();
            await starter.WaitForExitAsync();

            await _services.StopAsync(Unit, Limit, default);

            var started = File.Exists(marks) ? await File.ReadAllLinesAsync(marks) : [];
            Assert.All(started, id => Assert.False(ProcessStatus.Read(int.Parse(id, CultureInfo.InvariantCulture)) is { IsAlive: true }));
            Assert.Equal(UnitActivity.Inactive, Status().Activity);
        }
    }

    [Fact]
    public async Task A_state_file_that_is_not_ours_is_no_obstacle()
    {
        Write($"/run/hxops/units/{Unit}.json", "{ torn");
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");

        Assert.Equal(UnitActivity.Active, (await _services.StartAsync(Unit, Limit, default)).Activity);
    }

    [Fact]
    public async Task Two_starts_at_once_start_it_once()
    {
        WriteUnit($"ExecStart={DummyTool.Program} sleep 600");

        var both = await Task.WhenAll(_services.StartAsync(Unit, Limit, default), _services.StartAsync(Unit, Limit, default));

        Assert.Equal(both[0].MainProcessId, both[1].MainProcessId);
    }

    private UnitStatus Status() => _services.GetAsync(Unit, default).GetAwaiter().GetResult();

    private List<string> Log() =>
        [.. _services.ReadLogAsync(Unit, DateTimeOffset.MinValue, 100, default).GetAwaiter().GetResult().Select(line => line.Text)];

    private void WriteUnit(string service) => Write($"/etc/systemd/system/{Unit}", $"[Service]\n{service}\n");

    private void Write(string hostPath, string text)
    {
        var path = HostRoot.At(_folder.Path).Locate(hostPath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
