using System.Diagnostics;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.Services.Embedded;
using HxOps.Services.Systemd;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

[Collection(SystemdGroup.Name)]
public sealed class SystemdServicesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SystemdMachine _machine;
    private readonly SystemdServices _services;

    public SystemdServicesTests(SystemdMachine machine)
    {
        _machine = machine;
        _services = new SystemdServices(machine.Runner, machine.Root, Redactor.PatternsOnly, TimeProvider.System);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-22")]
    public async Task S_22_start_status_and_stop_follow_the_unit()
    {
        var unit = await UnitAsync("plain.service", "[Service]\nExecStart=/bin/sleep 600\n");

        Assert.Equal(UnitActivity.Inactive, (await _services.GetAsync(unit, default)).Activity);
        var started = await _services.StartAsync(unit, Limit, default);
        var stopped = await _services.StopAsync(unit, Limit, default);

        Assert.Equal((UnitActivity.Active, "running"), (started.Activity, started.Detail));
        Assert.NotNull(started.MainProcessId);
        Assert.InRange(started.SinceUtc!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal((UnitActivity.Inactive, (int?)null), (stopped.Activity, stopped.MainProcessId));
    }

    [SkippableFact]
    [Trait("Behaviour", "S-22")]
    public async Task S_22_enablement_is_told_from_the_links()
    {
        var unit = await UnitAsync("enabled.service", "[Service]\nExecStart=/bin/sleep 600\n[Install]\nWantedBy=multi-user.target\n");
        var systemctl = new Systemctl(_machine.Runner);

        Assert.False((await _services.GetAsync(unit, default)).IsEnabled);
        await systemctl.EnableAsync(unit, default);
        Assert.True((await _services.GetAsync(unit, default)).IsEnabled);
        await systemctl.DisableAsync(unit, default);
        Assert.False((await _services.GetAsync(unit, default)).IsEnabled);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-22")]
    public async Task S_22_a_restart_gives_the_unit_a_new_main_process()
    {
        var unit = await UnitAsync("restarting.service", "[Service]\nExecStart=/bin/sleep 600\n");
        var before = await _services.StartAsync(unit, Limit, default);

        var after = await _services.RestartAsync(unit, Limit, default);

        Assert.Equal(UnitActivity.Active, after.Activity);
        Assert.NotEqual(before.MainProcessId, after.MainProcessId);
    }

    [SkippableFact]
    public async Task A_unit_that_crashed_too_often_is_started_once_its_cause_is_mended()
    {
        var unit = await UnitAsync("crashing.service", "[Unit]\nStartLimitIntervalSec=600\nStartLimitBurst=5\n[Service]\nRestart=always\nRestartSec=0\nExecStart=/bin/sh -c 'test -e /run/mended && exec sleep 600'\n");
        await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));
        await Eventually.HoldsAsync(() => _services.GetAsync(unit, default).Result.Activity == UnitActivity.Failed, "systemd refuses more starts");
        _machine.WriteFile("/run/mended", "");

        var started = await _services.StartAsync(unit, Limit, default);

        Assert.Equal(UnitActivity.Active, started.Activity);
    }

    [SkippableTheory]
    [InlineData("reloading.service", "ExecReload=/bin/true\n", ReloadWay.Reloaded)]
    [InlineData("unreloadable.service", "", ReloadWay.Restarted)]
    [Trait("Behaviour", "S-35")]
    public async Task S_35_a_reload_that_is_not_implemented_becomes_a_restart_and_says_so(string unit, string reload, ReloadWay way)
    {
        await UnitAsync(unit, $"[Service]\n{reload}ExecStart=/bin/sleep 600\n");
        var before = await _services.StartAsync(unit, Limit, default);

        var result = await _services.ReloadOrRestartAsync(unit, Limit, default);

        Assert.Equal((way, UnitActivity.Active), (result.Way, result.Status.Activity));
        Assert.Equal(way == ReloadWay.Reloaded, result.Status.MainProcessId == before.MainProcessId);
    }

    [SkippableFact]
    public async Task A_reload_that_fails_is_named_and_leaves_the_unit_running()
    {
        var unit = await UnitAsync("badreload.service", "[Service]\nExecReload=/bin/false\nExecStart=/bin/sleep 600\n");
        await _services.StartAsync(unit, Limit, default);

        var error = await Assert.ThrowsAsync<HxException>(() => _services.ReloadOrRestartAsync(unit, Limit, default));

        Assert.Equal(ServiceErrors.ReloadFailed, error.Id);
        Assert.Equal(UnitActivity.Active, (await _services.GetAsync(unit, default)).Activity);
    }

    [SkippableFact]
    public async Task An_unknown_unit_is_absent_and_named()
    {
        RequireMachine();

        Assert.Equal(UnitActivity.Absent, (await _services.GetAsync("nowhere.service", default)).Activity);
        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync("nowhere.service", Limit, default));
        Assert.Equal((ServiceErrors.UnitNotFound, "nowhere.service"), (error.Id, error.Target));
    }

    [SkippableFact]
    [Trait("Behaviour", "C-56")]
    public async Task C_56_a_start_failure_carries_the_units_journal_lines()
    {
        var unit = await UnitAsync("broken.service",
            "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo config.yaml is missing >&2; exit 3'\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));

        Assert.Equal((ServiceErrors.StartFailed, unit), (error.Id, error.Target));
        Assert.Contains("exit-code, exit status 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("config.yaml is missing", error.Message, StringComparison.Ordinal);
        Assert.Equal((UnitActivity.Failed, "exit-code"), await StateAsync(unit));
    }

    [SkippableFact]
    public async Task A_program_that_does_not_exist_fails_the_start()
    {
        var unit = await UnitAsync("noprogram.service", "[Service]\nType=exec\nExecStart=/opt/none/venv/bin/uvicorn\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));

        Assert.Equal(ServiceErrors.StartFailed, error.Id);
        Assert.Contains("/opt/none/venv/bin/uvicorn", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("crashing.service", "Restart=no")]
    [InlineData("looping.service", "Restart=always")]
    [Trait("Behaviour", "C-36")]
    public async Task C_36_a_simple_unit_that_ends_at_once_was_not_started(string unit, string restart)
    {
        await UnitAsync(unit, $"[Service]\n{restart}\nExecStart=/bin/sh -c 'echo port taken; exit 1'\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));

        Assert.Equal(ServiceErrors.StartFailed, error.Id);
        Assert.Contains("port taken", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_unit_that_never_gets_ready_is_given_up_at_the_limit()
    {
        var unit = await UnitAsync("slow.service", "[Service]\nType=notify\nExecStart=/bin/sleep 600\n");

        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, TimeSpan.FromSeconds(1), default));

        Assert.Contains("did not become active within 1 s and is activating", error.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        await _services.StopAsync(unit, Limit, default);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-14")]
    public async Task S_14_a_unit_deaf_to_SIGTERM_is_stopped_when_its_TimeoutStopSec_is_over()
    {
        var unit = await UnitAsync("deaf.service",
            "[Service]\nTimeoutStopSec=1\nExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'\n");
        await _services.StartAsync(unit, Limit, default);

        var watch = Stopwatch.StartNew();
        var stopped = await _services.StopAsync(unit, Limit, default);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(8));
        Assert.Equal((UnitActivity.Failed, "timeout"), (stopped.Activity, stopped.Detail));
    }

    [SkippableFact]
    [Trait("Behaviour", "C-29")]
    public async Task C_29_a_stop_that_takes_longer_than_the_callers_limit_is_forced()
    {
        var unit = await UnitAsync("stubborn.service",
            "[Service]\nTimeoutStopSec=60\nExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'\n");
        await _services.StartAsync(unit, Limit, default);

        var watch = Stopwatch.StartNew();
        var stopped = await _services.StopAsync(unit, TimeSpan.FromSeconds(1), default);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        Assert.Null(stopped.MainProcessId);
    }

    [SkippableFact]
    [Trait("Behaviour", "C-31")]
    public async Task C_31_a_changed_unit_takes_effect_after_the_reload()
    {
        var unit = await UnitAsync("changing.service", "[Service]\nType=oneshot\nExecStart=/bin/echo the old one\n");
        await _services.StartAsync(unit, Limit, default);
        _machine.WriteUnit(unit, "[Service]\nType=oneshot\nExecStart=/bin/echo the new one\n");

        await _services.ReloadDefinitionsAsync(default);
        await _services.StartAsync(unit, Limit, default);

        await Eventually.HoldsAsync(() => Log(unit).Contains("the new one"), "the journal has the new one's line");
    }

    [SkippableFact]
    [Trait("Behaviour", "S-23")]
    public async Task S_23_the_log_is_read_by_time_and_count()
    {
        var unit = await UnitAsync("talking.service", "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'for i in 1 2 3 4 5; do echo line $i; done'\n");
        await _services.StartAsync(unit, Limit, default);
        await Eventually.HoldsAsync(() => Log(unit).Contains("line 5"), "the journal has the last line");

        Assert.Equal(["line 1", "line 2", "line 3", "line 4", "line 5"], Log(unit).Where(line => line.StartsWith("line", StringComparison.Ordinal)));
        Assert.Equal(2, (await _services.ReadLogAsync(unit, DateTimeOffset.UtcNow.AddHours(-1), 2, default)).Length);
        Assert.Empty(await _services.ReadLogAsync(unit, DateTimeOffset.UtcNow.AddHours(1), 10, default));
    }

    [SkippableFact]
    [Trait("Behaviour", "S-23")]
    public async Task S_23_the_journal_is_read_by_priority()
    {
        var unit = await UnitAsync("levels.service", "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo \"<3>bad\"; echo \"<6>good\"'\n");
        await _services.StartAsync(unit, Limit, default);
        await Eventually.HoldsAsync(() => Log(unit).Contains("good"), "the journal has both lines");

        var errors = await new Journalctl(_machine.Runner).ReadAsync(new JournalQuery(unit) { Priority = 3 }, default);

        Assert.Equal(("bad", 3), Assert.Single(errors.Select(entry => (entry.Text, entry.Priority))));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_keys_that_a_unit_prints_are_taken_out_of_its_log_and_its_errors()
    {
        RequireMachine();
        _machine.WriteFile("/etc/leaking.env", "MASTER_KEY=r4nd0m-pr0duct10n-v4lue\n");
        var unit = await UnitAsync("leaking.service",
            "[Service]\nType=oneshot\nEnvironmentFile=/etc/leaking.env\nExecStart=/bin/sh -c 'echo using ${MASTER_KEY} and sk-hx-dev-1234 now; exit 1'\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));
        var texts = Log(unit).Append(error.Message).ToList();

        Assert.Contains(texts, text => text.Contains("using [redacted] and [redacted] now", StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotMatch("r4nd0m|sk-hx", text));
    }

    [SkippableTheory]
    [InlineData("KillSignal=SIGRTMIN+3")]
    [InlineData("RemainAfterExit=False")]
    [InlineData("ExecStartPre=/bin/true %m")]
    [InlineData("Environment=DEBUG")]
    [InlineData("no assignment")]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_no_line_that_systemd_accepts_switches_redaction_off(string line)
    {
        RequireMachine();
        _machine.WriteFile("/etc/hx-planted/key.env", "MASTER_KEY=Zq7plantedRandom99\n");
        var unit = await UnitAsync($"planted{Math.Abs(line.GetHashCode(StringComparison.Ordinal))}.service",
            $"[Service]\nType=oneshot\n{line}\nEnvironmentFile=/etc/hx-planted/*.env\nExecStart=/bin/sh -c 'echo starting with ${{MASTER_KEY}}; exit 1'\n");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(unit, Limit, default));
        await Eventually.HoldsAsync(() => Log(unit).Contains("starting with [redacted]"), "the journal has its line");

        Assert.All(Log(unit).Append(error.Message), text => Assert.DoesNotContain("Zq7planted", text, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("semicolons", "ExecStart=/usr/bin/printf '[%%s]\\n' a \";\" b \\; c ; /usr/bin/printf '[%%s]\\n' d")]
    [InlineData("variables", "Environment=\"EXTRA=--a 'b c' d\\\\e\"\nExecStart=/usr/bin/printf '[%%s]\\n' $EXTRA ${EXTRA}")]
    [InlineData("backslashes", "ExecStart=/usr/bin/printf '[%%s]\\n' end\\\\\nUser=root")]
    [InlineData("continued", "ExecStart=/usr/bin/printf '[%%s]\\n' end\\\\\\\n  more")]
    [InlineData("bytes", "ExecStart=/usr/bin/printf '[%%s]\\n' \\xc3\\xa9 \\303\\251 \\u00e9")]
    [InlineData("globs", "EnvironmentFile=/etc/hx-globs/*.env\nExecStart=/usr/bin/printf '[%%s]\\n' ${ONE} ${TWO}")]
    [InlineData("ignored", "RemainAfterExit=No\nKillSignal=SIGCONT\nno assignment\n=value\nEnvironment=DEBUG B=1\nTimeoutStopSec=soon\nLimitNOFILE=many\nEnvironmentFile=relative\nExecStart=/usr/bin/printf '[%%s]\\n' ${B}")]
    public async Task Unit_files_are_read_by_the_embedded_supervisor_as_by_systemd(string name, string lines)
    {
        RequireMachine();
        var text = $"[Service]\nType=oneshot\n{lines}\n";
        using var folder = new ScratchFolder();
        foreach (var root in new[] { _machine.Root, HostRoot.At(folder.Path) })
        {
            Directory.CreateDirectory(root.Locate("/etc/hx-globs"));
            Directory.CreateDirectory(root.Locate("/etc/systemd/system"));
            await File.WriteAllTextAsync(root.Locate("/etc/hx-globs/b.env"), "TWO=2\n");
            await File.WriteAllTextAsync(root.Locate("/etc/hx-globs/a.env"), "ONE=1\nTWO=1\n");
            await File.WriteAllTextAsync(root.Locate($"/etc/systemd/system/{name}.service"), text);
        }

        await _services.ReloadDefinitionsAsync(default);
        await _services.StartAsync($"{name}.service", Limit, default);
        var embedded = new EmbeddedSupervisor(HostRoot.At(folder.Path), Redactor.PatternsOnly, TimeProvider.System);
        await embedded.StartAsync($"{name}.service", Limit, default);

        var own = (await embedded.ReadLogAsync($"{name}.service", DateTimeOffset.MinValue, 100, default)).Select(line => line.Text).Where(IsPrinted).ToList();
        Assert.NotEmpty(own);
        await Eventually.HoldsAsync(() => Log($"{name}.service").Count(IsPrinted) >= own.Count, "the journal has as many lines");
        Assert.Equal(Log($"{name}.service").Where(IsPrinted), own);

        static bool IsPrinted(string line) => line.StartsWith('[') && !line.StartsWith("[hxops", StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-29")]
    public async Task S_29_properties_tell_of_drop_ins_and_resources()
    {
        var unit = await UnitAsync("measured.service", "[Service]\nCPUAccounting=yes\nExecStart=/bin/sleep 600\n");
        _machine.WriteUnit("measured.service.d/10-other.conf", "[Service]\nExecStart=\nExecStart=/bin/sleep 601\n");
        await _services.ReloadDefinitionsAsync(default);
        await _services.StartAsync(unit, Limit, default);

        var properties = await new Systemctl(_machine.Runner).ShowAsync(unit, default);

        Assert.Contains("/etc/systemd/system/measured.service.d/10-other.conf", properties.DropInPaths);
        Assert.Contains("/bin/sleep 601", properties.ExecStart, StringComparison.Ordinal);
        Assert.NotNull(properties.CpuTime);
        Assert.False(properties.NeedsDaemonReload);
        await _services.StopAsync(unit, Limit, default);
    }

    [SkippableFact]
    public async Task A_unit_file_is_verified_by_systemd_itself_before_it_is_used()
    {
        RequireMachine();
        _machine.WriteFile("/tmp/good.service", "[Service]\nExecStart=/bin/sleep 600\n");
        _machine.WriteFile("/tmp/bad.service", "[Service]\nExecStart=/bin/sleep 600\nTimeoutStopSec=soon\n");
        var analyze = new SystemdAnalyze(_machine.Runner);

        Assert.Empty(await analyze.VerifyAsync("/tmp/good.service", default));
        Assert.Contains(await analyze.VerifyAsync("/tmp/bad.service", default),
            complaint => complaint is { File: "/tmp/bad.service", Line: 3 } && complaint.Text.Contains("soon", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Without_a_systemd_the_manager_is_named_as_the_trouble()
    {
        Skip.If(Directory.Exists("/run/systemd/system"), "systemd runs on this host");
        Skip.IfNot(File.Exists("/bin/systemctl"), "needs systemctl");

        var error = await Assert.ThrowsAsync<HxException>(() =>
            new SystemdServices(new ProcessRunner(), HostRoot.Machine, Redactor.PatternsOnly, TimeProvider.System).GetAsync("any.service", default));

        Assert.Equal(ServiceErrors.ManagerUnavailable, error.Id);
    }

    private async Task<string> UnitAsync(string name, string text)
    {
        RequireMachine();
        _machine.WriteUnit(name, text);
        await _services.ReloadDefinitionsAsync(default);
        return name;
    }

    private void RequireMachine() => Skip.If(_machine.Absence is not null, _machine.Absence);

    private async Task<(UnitActivity, string)> StateAsync(string unit)
    {
        var status = await _services.GetAsync(unit, default);
        return (status.Activity, status.Detail);
    }

    private List<string> Log(string unit) =>
        [.. _services.ReadLogAsync(unit, DateTimeOffset.UtcNow.AddHours(-1), 100, default).GetAwaiter().GetResult().Select(line => line.Text)];
}
