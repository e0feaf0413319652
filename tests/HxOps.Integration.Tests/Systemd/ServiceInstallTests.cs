using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.Services;
using HxOps.Services.Installing;
using HxOps.Services.Operating;
using HxOps.Services.Units;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>hxops service install and uninstall of the shipped deployment, run on a machine with a real systemd.</summary>
[Collection(GatewayHostGroup.Name)]
public sealed class ServiceInstallTests(GatewayHost host) : IAsyncLifetime
{
    private const string Link = "/etc/systemd/system/multi-user.target.wants/" + GatewayHost.Unit;

    public Task InitializeAsync() => host.Machine.Absence is null ? host.ClearAsync() : Task.CompletedTask;

    public Task DisposeAsync() => InitializeAsync();

    [SkippableFact]
    [Trait("Behaviour", "S-01"), Trait("Behaviour", "S-07"), Trait("Behaviour", "S-16"), Trait("Behaviour", "S-17"), Trait("Behaviour", "S-18")]
    public async Task S_01_S_07_S_16_S_17_S_18_account_environment_file_unit_and_enablement_are_made_and_the_service_answers()
    {
        host.Require();

        var run = await host.RunWithAsync("HX_UPSTREAM_URL", "http://internal-litellm:4000", "service", "install", "--start", "--yes", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("Installed", Document(run).GetProperty("outcome").GetString());
        Assert.Equal("Healthy", Document(run).GetProperty("start").GetProperty("health").GetProperty("verdict").GetString());
        var account = (await host.AskAsync("getent", "passwd", "hx-gateway")).Split(':');
        Assert.Equal("/bin/false", account[6]);
        Assert.InRange(int.Parse(account[2], CultureInfo.InvariantCulture), 100, 999);
        Assert.False(Directory.Exists(host.Root.Locate(account[5])));
        Assert.Equal("root hx-gateway 640", await host.AskAsync("stat", "-c", "%U %G %a", GatewayHost.EnvironmentFile));
        Assert.Equal("root root 644", await host.AskAsync("stat", "-c", "%U %G %a", GatewayHost.UnitFile));
        Assert.Equal(
            ["HX_LITELLM_UPSTREAM=http://internal-litellm:4000", "LOG_LEVEL=INFO", $"MASTER_KEY={GatewayHost.Key}", "PYTHONPATH=/opt/HX-Infrastructure-/api-gateway/gateway/src"],
            File.ReadLines(host.Root.Locate(GatewayHost.EnvironmentFile)).Where(line => line[0] != '#').Order(StringComparer.Ordinal));
        var properties = await new Systemctl(host.Machine.Runner).ShowAsync(GatewayHost.Unit, default);
        Assert.Equal(("active", "enabled", false), (properties.ActiveState, properties.UnitFileState, properties.NeedsDaemonReload));
        Assert.Contains("--port 4010", properties.ExecStart, StringComparison.Ordinal);
        Assert.Equal("hx-gateway", await host.AskAsync("ps", "-o", "user=", "-p", $"{properties.MainProcessId}"));
        Assert.Contains("hx-litellm-gateway.service", await host.AskAsync("systemctl", "show", "--property=After", "--value", GatewayHost.Unit), StringComparison.Ordinal);
        Assert.DoesNotContain("litellm", await host.AskAsync("systemctl", "show", "--property=Requires", "--property=BindsTo", "--value", GatewayHost.Unit), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_second_run_changes_nothing_and_says_so()
    {
        host.Require();
        Assert.Equal(0, (await InstallAsync()).ExitCode);
        var before = await TimesAsync();

        var again = await host.RunAsync("service", "install", "--yes");

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("is as it shall be; nothing was changed", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, await TimesAsync());
    }

    [SkippableFact]
    public async Task What_if_prints_the_unit_and_what_differs_and_writes_nothing()
    {
        host.Require();

        var first = await host.RunAsync("service", "install", "--what-if");
        Assert.False(File.Exists(host.Root.Locate(GatewayHost.UnitFile)));
        Assert.Equal(0, (await InstallAsync()).ExitCode);
        var before = await TimesAsync();
        var tuned = await host.RunWithAsync("HX_WRAPPER_PORT", "4011", "service", "install", "--what-if");

        Assert.Contains("  NoNewPrivileges=true", first.Output, StringComparison.Ordinal);
        Assert.Contains("  -ExecStart=", tuned.Output, StringComparison.Ordinal);
        Assert.Contains("--port 4011", tuned.Output, StringComparison.Ordinal);
        Assert.Equal(before, await TimesAsync());
    }

    [SkippableFact]
    [Trait("Behaviour", "S-21")]
    public async Task S_21_what_the_service_runs_must_be_installed_first_and_the_script_for_it_is_named()
    {
        host.Require();

        var run = await host.RunWithAsync("HX_VENV", "/opt/none", "service", "install", "--yes");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("/opt/none/bin/uvicorn, which the service runs, does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("scripts/setup/install-wrapper-deps.sh first", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(host.Root.Locate(GatewayHost.UnitFile)));
    }

    [SkippableFact]
    public async Task What_the_operator_wrote_stays_and_what_is_missing_or_too_wide_is_mended()
    {
        host.Require();
        host.Write(GatewayHost.EnvironmentFile, $"# ours\nMASTER_KEY='{GatewayHost.Key}'\nLOG_LEVEL=DEBUG\n");
        host.Machine.WriteUnit(GatewayHost.Unit + ".d/override.conf", "[Service]\nLimitNOFILE=131072\n");

        var run = await host.RunWithAsync("MASTER_KEY", "", "service", "install", "--yes");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.StartsWith($"# ours\nMASTER_KEY='{GatewayHost.Key}'\nLOG_LEVEL=DEBUG\nHX_LITELLM_UPSTREAM=", await File.ReadAllTextAsync(host.Root.Locate(GatewayHost.EnvironmentFile)), StringComparison.Ordinal);
        Assert.Equal("root hx-gateway 640", await host.AskAsync("stat", "-c", "%U %G %a", GatewayHost.EnvironmentFile));
        Assert.Contains("override.conf stays in effect", run.Output.Replace("\n  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("131072", await host.AskAsync("systemctl", "show", "--property=LimitNOFILE", "--value", GatewayHost.Unit));
    }

    [SkippableTheory]
    [InlineData("export MASTER_KEY=old-exported-value\n")]
    [InlineData("NOTE=\"first\nMASTER_KEY=no-value-but-a-line-of-the-note\"\n")]
    [InlineData("MASTER_KEY=\n")]
    public async Task A_line_that_systemd_does_not_take_for_the_key_is_no_key(string content)
    {
        host.Require();
        host.Write(GatewayHost.EnvironmentFile, content);

        var run = await host.RunAsync("service", "install", "--start", "--yes");

        Assert.True(run.ExitCode == 0, run.All);
        var file = await File.ReadAllTextAsync(host.Root.Locate(GatewayHost.EnvironmentFile));
        Assert.StartsWith(content, file, StringComparison.Ordinal);
        Assert.Equal(GatewayHost.Key, EnvironmentFileParser.Parse(file).Last(line => line.Name == "MASTER_KEY").Value);
        var main = await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", GatewayHost.Unit);
        Assert.Contains($"\0MASTER_KEY={GatewayHost.Key}\0", await File.ReadAllTextAsync(host.Root.Locate($"/proc/{main}/environ")), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("NOTE=\"not closed\n")]
    [InlineData("NOTE=joined\\\n")]
    public async Task An_environment_file_that_would_swallow_the_key_is_refused_and_left_as_it_is(string content)
    {
        host.Require();
        host.Write(GatewayHost.EnvironmentFile, content);

        var run = await host.RunAsync("service", "install", "--yes");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("ends in the middle of a value", run.Error.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(host.Root.Locate(GatewayHost.EnvironmentFile)));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("sk-hx-dev-1234")]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_a_documented_key_is_refused_and_not_shown(string key)
    {
        host.Require();

        var run = await host.RunWithAsync("MASTER_KEY", key, "service", "install", "--yes");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("needs MASTER_KEY", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-hx", run.All, StringComparison.Ordinal);
        Assert.False(File.Exists(host.Root.Locate(GatewayHost.EnvironmentFile)));
    }

    [SkippableFact]
    public async Task A_unit_that_systemd_refuses_is_not_installed()
    {
        host.Require();
        var context = host.Open();
        context = context with { Deployment = context.Deployment with { Service = context.Deployment.Service! with { Limits = context.Deployment.Service.Limits with { Memory = "lots" } } } };
        var plan = new ServicePlanner(context).Plan(new InstallRequest { Action = InstallAction.Install });

        var error = await Assert.ThrowsAsync<HxOps.Errors.HxException>(() => new ServiceInstaller(context).RunAsync(plan, new EventLog(), default));

        Assert.Equal(ServiceErrors.UnitRefused, error.Id);
        Assert.Contains("lots", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(host.Root.Locate(GatewayHost.UnitFile)));
        Assert.False(File.Exists(host.Root.Locate(Link)));
    }

    [SkippableFact]
    public async Task Uninstalled_it_is_stopped_and_gone_and_what_stays_is_named_until_it_is_purged()
    {
        host.Require();
        Assert.Equal(0, (await InstallAsync("--start")).ExitCode);

        var run = await host.RunAsync("service", "uninstall", "--yes", "--json");
        var again = await host.RunAsync("service", "uninstall", "--yes", "--json");
        var purged = await host.RunAsync("service", "uninstall", "--purge", "--yes");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(("Uninstalled", "Absent"), (Document(run).GetProperty("outcome").GetString(), Document(run).GetProperty("status").GetProperty("activity").GetString()));
        Assert.Contains(Document(run).GetProperty("notes").EnumerateArray(), note => note.GetString() == $"{GatewayHost.EnvironmentFile} stays");
        Assert.Equal("AlreadyThere", Document(again).GetProperty("outcome").GetString());
        Assert.Equal("not-found", await host.AskAsync("systemctl", "show", "--property=LoadState", "--value", GatewayHost.Unit));
        Assert.Equal("", await host.AskAsync("pgrep", "-f", "uvicorn hx_gateway"));
        Assert.Equal(0, purged.ExitCode);
        Assert.False(File.Exists(host.Root.Locate(GatewayHost.EnvironmentFile)));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_no_planted_key_is_in_any_output_journal_unit_file_or_process_list()
    {
        host.Require();
        var runs = new List<HxopsRun>();
        foreach (var command in new string[][]
        {
            ["service", "install", "--what-if"], ["service", "install", "--start", "--yes"], ["service", "status"], ["service", "restart"],
            ["gateway", "log"], ["deployment", "test"], ["config", "test"], ["service", "uninstall", "--what-if"],
        })
        {
            runs.Add(await host.RunAsync([.. command, "--verbose"]));
            runs.Add(await host.RunAsync([.. command, "--json"]));
        }

        var processes = await host.AskAsync("sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
        var files = await host.AskAsync("sh", "-c", "cat /etc/systemd/system/hx-*.service /etc/systemd/system/hx-*/* 2>/dev/null; cat /etc/systemd/system/*.wants/hx-*");
        Assert.Contains(GatewayHost.Uvicorn, processes, StringComparison.Ordinal);
        Assert.All(runs.Select(run => run.All).Append(processes).Append(files), text =>
        {
            Assert.DoesNotContain(GatewayHost.Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-hx-dev", text, StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public async Task Killed_at_any_moment_the_files_are_the_old_or_the_new_set_after_the_next_run()
    {
        host.Require();
        Assert.Equal(0, (await InstallAsync()).ExitCode);
        var old = await SetAsync();
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, (await InstallOtherAsync("60")).ExitCode);
        var whole = watch.Elapsed;
        var fresh = await SetAsync();
        Assert.NotEqual(old, fresh);
        var random = new Random(20250818);
        for (var kill = 0; kill < 10; kill++)
        {
            await InstallFromOutsideAsync();
            await InstallOtherAsync((whole.TotalSeconds * (0.4 + (0.6 * random.NextDouble()))).ToString("0.000", CultureInfo.InvariantCulture));

            var context = host.Open();
            await new ServiceOperator(context).RunAsync(ServiceOrder.For(context.Deployment, null, ServiceAction.Stop, null), new EventLog(), default);

            var now = await SetAsync();
            Assert.Contains(now, new[] { old, fresh });
            Assert.False(File.Exists(context.StateFolder + "/service-change.json"));
            Assert.DoesNotContain(".hxops-", now, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task An_interrupted_change_is_taken_back_by_the_next_run_and_that_is_told()
    {
        host.Require();
        Assert.Equal(0, (await InstallAsync("--start")).ExitCode);
        var before = await SetAsync();
        var context = host.Open();
        const string half = "[Service]\nExecStart=/bin/false\n";
        var journal = $$"""{"Unit":"{{GatewayHost.Unit}}","Paths":[{"Path":"{{GatewayHost.UnitFile}}","Before":{"Content":"{{Convert.ToBase64String(await File.ReadAllBytesAsync(host.Root.Locate(GatewayHost.UnitFile)))}}","Mode":420,"UserId":0,"GroupId":0},"After":{"Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(half))}}","Mode":420} },{"Path":"{{Link}}","Before":{"Link":"{{GatewayHost.UnitFile}}","Mode":0} }],"WasRunning":true}""";
        await File.WriteAllTextAsync(context.StateFolder + "/service-change.json", journal);
        host.Machine.WriteUnit(GatewayHost.Unit, half);
        await host.AskAsync("rm", Link);
        await host.AskAsync("systemctl", "daemon-reload");
        await host.AskAsync("systemctl", "stop", GatewayHost.Unit);

        var run = await host.RunAsync("service", "install", "--yes");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning ServiceChangeTakenBack", run.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await SetAsync());
        Assert.Equal("active", await host.AskAsync("systemctl", "is-active", GatewayHost.Unit));
    }

    [SkippableFact]
    [Trait("Behaviour", "S-18")]
    public async Task S_18_while_it_is_written_again_and_again_the_environment_file_is_never_readable_by_others()
    {
        host.Require();
        Assert.Equal(0, (await InstallAsync()).ExitCode);
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(() => Wider(host.Root.Locate("/etc"), stop.Token));

        for (var round = 0; round < 40; round++)
        {
            File.Delete(host.Root.Locate(GatewayHost.EnvironmentFile));
            await InstallFromOutsideAsync();
        }

        await stop.CancelAsync();
        Assert.Equal([], await watching);
    }

    /// <summary>Every name and mode with which a file that holds the key was seen to be open to others, or to a group that is not the service's.</summary>
    private static HashSet<string> Wider(string folder, CancellationToken stop)
    {
        var seen = new HashSet<string>();
        while (!stop.IsCancellationRequested)
        {
            foreach (var path in Directory.EnumerateFiles(folder, ".hxops-*").Append(folder + "/hx-gateway-ml.env"))
            {
                try
                {
                    var mode = File.GetUnixFileMode(path);
                    if ((mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)) != 0)
                        seen.Add($"{Path.GetFileName(path)} {mode}");
                }
                catch (IOException)
                {
                    // Gone meanwhile.
                }
            }
        }

        return seen;
    }

    /// <summary>By Core in this process, through the machine's namespaces.</summary>
    private Task<InstallResult> InstallFromOutsideAsync()
    {
        var context = host.Open();
        var plan = new ServicePlanner(context).Plan(new InstallRequest { Action = InstallAction.Install });
        return new ServiceInstaller(context).RunAsync(plan, new EventLog(), default);
    }

    /// <summary>The same service on another port and not at boot, killed after so many seconds.</summary>
    private Task<ToolResult> InstallOtherAsync(string seconds) => host.Machine.Runner.RunAsync(
        new ToolCommand("timeout", ["--signal=KILL", seconds, "dotnet", HxopsProcess.Program, "service", "install", "--not-at-boot", "--yes"])
        {
            Environment = new Dictionary<string, string> { ["MASTER_KEY"] = GatewayHost.Key, ["HX_WRAPPER_PORT"] = "4011" },
            Deadline = TimeSpan.FromSeconds(90),
        }, default);

    /// <summary>Every file of the unit with its content, and what is enabled.</summary>
    private Task<string> SetAsync() => host.AskAsync("sh", "-c",
        $"cat {GatewayHost.UnitFile} {GatewayHost.EnvironmentFile}; ls -lA --time-style=+ /etc/hx-* /etc/systemd/system/hx-gateway-ml* /etc/systemd/system/multi-user.target.wants; ls -A /etc /etc/systemd/system | grep hxops");

    private Task<HxopsRun> InstallAsync(params string[] more) => host.RunAsync(["service", "install", "--yes", .. more]);

    private Task<string> TimesAsync() => host.AskAsync("stat", "-c", "%n %Y %Z %i", GatewayHost.UnitFile, GatewayHost.EnvironmentFile, Link, "/etc/systemd/system", "/etc/passwd");

    private static JsonElement Document(HxopsRun run) => JsonDocument.Parse(run.Output).RootElement;
}
