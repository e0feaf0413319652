using System.Text.Json;
using HxOps.Deployments;
using HxOps.Integration.Tests.Cli;
using HxOps.TestKit;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>hxops deployment test on a machine with a real systemd: what to see to before production, and why a service does not start.</summary>
[Collection(GatewayHostGroup.Name)]
public sealed class ServicePreflightTests(GatewayHost host) : IAsyncLifetime
{
    private const string Own = GatewayHost.Top + "/gateway";

    public Task InitializeAsync() => host.Machine.Absence is null ? host.ClearAsync() : Task.CompletedTask;

    public Task DisposeAsync() => InitializeAsync();

    [SkippableFact]
    [Trait("Behaviour", "S-46")]
    public async Task S_46_the_eight_things_before_production_each_have_evidence_and_a_remedy()
    {
        host.Require();
        var before = await ChecksAsync("production");
        Assert.Equal(0, (await host.RunAsync("service", "install", "--start", "--yes")).ExitCode);
        host.Machine.WriteUnit(GatewayHost.Unit + ".d/alarm.conf", "[Unit]\nOnFailure=tell-somebody.service\n");
        host.Write("/etc/logrotate.d/hx-gateway", $"{Own}/logs/*.log {{ weekly }}\n");
        host.Write("/usr/local/bin/ufw", "#!/bin/sh\nprintf 'Status: active\\n\\nTo  Action  From\\n--  ------  ----\\n4010/tcp  ALLOW  Anywhere\\n'\n", (UnixFileMode)0x1ED);
        await host.AskAsync("systemctl", "daemon-reload");

        var after = await ChecksAsync("production");

        await host.AskAsync("rm", "/usr/local/bin/ufw", "/etc/logrotate.d/hx-gateway");
        Assert.Equal(["VirtualEnvironment", "Service", "Configuration", "Health", "LogRotation", "Alerts", "Firewall", "Tls"], before.Keys);
        Assert.All(before.Values.Where(check => check.Verdict != "Healthy"), check => Assert.NotEmpty(check.Remedy));
        Assert.Equal(("Unhealthy", $"{GatewayHost.Unit} is not installed"), (before["Service"].Verdict, before["Service"].Finding));
        Assert.Equal("Unhealthy", before["LogRotation"].Verdict);
        Assert.Equal("Unhealthy", before["Alerts"].Verdict);
        Assert.Equal(("Healthy", $"{GatewayHost.Unit} is active and starts at boot"), (after["Service"].Verdict, after["Service"].Finding));
        Assert.Equal("Healthy", after["Configuration"].Verdict);
        Assert.Contains("wrapper-health: connection refused", before["Health"].Finding, StringComparison.Ordinal);
        Assert.Matches("wrapper-health: (?!connection refused)", after["Health"].Finding);
        Assert.Equal("Healthy", after["LogRotation"].Verdict);
        Assert.Equal($"{GatewayHost.Unit} starts tell-somebody.service when it fails", after["Alerts"].Finding);
        Assert.Equal("ufw is in force and lets 4010/tcp in", after["Firewall"].Finding);
        Assert.Equal("Inconclusive", after["Tls"].Verdict);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-39"), Trait("Behaviour", "S-42")]
    public async Task S_39_S_42_each_cause_of_a_service_that_does_not_start_is_found_with_its_evidence()
    {
        host.Require();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--yes")).ExitCode);
        await host.AskAsync("systemd-run", "--unit=intruder", GatewayHost.Uvicorn, "intruder:app", "--host", "0.0.0.0", "--port", "4010");
        await Eventually.HoldsAsync(() => PortHolders.Of(host.Root, 4010).Length > 0, "the intruder listens");
        var intruder = await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", "intruder.service");
        var routing = File.ReadAllText(host.Root.Locate(GatewayHost.Routing));
        await host.AskAsync("mv", GatewayHost.Registry, GatewayHost.Registry + ".away");
        await host.AskAsync("mv", Own + "/venv", Own + "/venv.away");
        await host.AskAsync("chmod", "700", Own + "/src");
        await host.AskAsync("chown", "root", Own + "/src");
        host.Write(GatewayHost.Routing, "routing:\n  strategy: [unclosed\n");

        var found = await ChecksAsync("startup");

        host.Write(GatewayHost.Routing, routing);
        await host.AskAsync("systemctl", "stop", "intruder.service");
        await host.AskAsync("chmod", "755", Own + "/src");
        await host.AskAsync("mv", Own + "/venv.away", Own + "/venv");
        await host.AskAsync("mv", GatewayHost.Registry + ".away", GatewayHost.Registry);
        var mended = await ChecksAsync("startup");

        Assert.Equal(["VirtualEnvironment", "Permissions", "Ports", "Configuration"], found.Keys);
        Assert.All(found.Values, check => Assert.Equal(("Unhealthy", true), (check.Verdict, check.Remedy.Length > 0)));
        Assert.Equal($"{Own}/venv does not exist", found["VirtualEnvironment"].Finding);
        Assert.Contains($"hx-gateway may not enter {Own}/src", found["Permissions"].Finding, StringComparison.Ordinal);
        Assert.Contains($"4010 is held by uvicorn (PID {intruder}), which is not {GatewayHost.Unit}", found["Ports"].Finding, StringComparison.Ordinal);
        Assert.Contains($"{GatewayHost.Routing}:", found["Configuration"].Finding, StringComparison.Ordinal);
        Assert.Equal("Healthy", mended["VirtualEnvironment"].Verdict);
        Assert.Equal("Healthy", mended["Configuration"].Verdict);
        Assert.DoesNotContain("may not enter", mended["Permissions"].Finding, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_a_stray_on_the_port_is_ended_on_request_and_a_units_process_is_not()
    {
        host.Require();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--yes")).ExitCode);
        var told = await StrayAsync();
        var whatIf = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "port", "--what-if");
        var unasked = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "port");
        var untouched = PortHolders.Of(host.Root, 4010).Single().ProcessId;
        var ended = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "port", "--yes", "--json");
        var free = PortHolders.Of(host.Root, 4010);
        await host.AskAsync("systemd-run", "--unit=intruder", GatewayHost.Uvicorn, "intruder:app", "--host", "0.0.0.0", "--port", "4010");
        await Eventually.HoldsAsync(() => PortHolders.Of(host.Root, 4010).Length > 0, "the intruder listens");
        var refused = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "port", "--yes");
        var lives = await host.AskAsync("systemctl", "is-active", "intruder.service");
        await host.AskAsync("systemctl", "stop", "intruder.service");

        Assert.Contains($"  port 4010 of {GatewayHost.Unit}: PID {told} of root: ", whatIf.Output, StringComparison.Ordinal);
        Assert.Contains("stray:app --host 0.0.0.0 --port 4010 --api-key [redacted]", whatIf.Output, StringComparison.Ordinal);
        Assert.Equal(5, unasked.ExitCode);
        Assert.Equal(told, untouched);
        Assert.Contains("nobody listens on 4010", Checks(ended)["Ports"].Finding, StringComparison.Ordinal);
        Assert.Empty(free);
        Assert.Equal((5, "active"), (refused.ExitCode, lives));
        Assert.Contains("hxops: error PortHolderProtected: Port 4010", refused.Error, StringComparison.Ordinal);
        Assert.Contains("systemctl stop intruder.service", refused.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_stray_on_a_machine_in_namespaces_of_its_own_is_ended_from_outside_by_its_id_there()
    {
        host.Require();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--yes")).ExitCode);
        var stray = await StrayAsync();
        var release = new PortRelease(host.Open());

        var plan = await release.PlanAsync(default);
        await release.RunAsync(plan, new EventLog(), default);

        Assert.Equal((stray, "root"), (plan.Intruders.Single().ProcessId, plan.Intruders.Single().User));
        Assert.Empty(PortHolders.Of(host.Root, 4010));
    }

    [SkippableFact]
    public async Task The_process_of_a_unit_that_has_no_main_process_is_not_taken_for_a_stray()
    {
        const string Script = "by-script.service";
        host.Require();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--yes")).ExitCode);
        host.Machine.WriteUnit(Script, $"[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c 'setsid {GatewayHost.Uvicorn} script:app --host 0.0.0.0 --port 4010 &'\n");
        await host.AskAsync("systemctl", "daemon-reload");
        await host.AskAsync("systemctl", "start", Script);
        await Eventually.HoldsAsync(() => PortHolders.Of(host.Root, 4010).Length > 0, "what the script has started listens");

        var refused = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "port", "--yes");
        var holders = PortHolders.Of(host.Root, 4010);
        await host.AskAsync("systemctl", "stop", Script);

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains($"systemctl stop {Script}", refused.Error, StringComparison.Ordinal);
        Assert.Single(holders);
    }

    /// <summary>Somebody starts the wrapper by hand, of no unit, and forgets it.</summary>
    private async Task<int?> StrayAsync()
    {
        await host.AskAsync("sh", "-c", $"setsid {GatewayHost.Uvicorn} stray:app --host 0.0.0.0 --port 4010 --api-key pl4nted > /dev/null 2>&1 < /dev/null &");
        await Eventually.HoldsAsync(() => PortHolders.Of(host.Root, 4010).Length > 0, "the stray listens");
        return PortHolders.Of(host.Root, 4010).Single().ProcessId;
    }

    [SkippableFact]
    [Trait("Behaviour", "S-40")]
    public async Task S_40_the_folder_is_given_to_the_account_on_request_and_links_and_backups_are_left_alone()
    {
        host.Require();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--yes")).ExitCode);
        await host.AskAsync("chown", "-R", "root:root", Own);
        await host.AskAsync("mkdir", "-p", Own + "/backups");
        host.Write(Own + "/backups/gw-checkpoint-20250818T175013Z.tgz", "");
        host.Write("/etc/outside", "root's own\n");
        await host.AskAsync("ln", "-sfn", "/etc/outside", Own + "/src/link");
        await host.AskAsync("ln", "-f", "/etc/outside", Own + "/src/hard");

        var told = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "ownership", "--what-if");
        var untouched = await OwnerAsync(GatewayHost.Uvicorn);
        var fixedRun = await host.RunAsync("deployment", "test", "--scope", "startup", "--fix", "ownership", "--yes", "--json");

        Assert.Contains($"below {Own} to hx-gateway:hx-gateway", told.Output, StringComparison.Ordinal);
        Assert.Equal("root:root", untouched);
        Assert.Equal("Healthy", Checks(fixedRun)["Permissions"].Verdict);
        Assert.Equal("hx-gateway:hx-gateway", await OwnerAsync(GatewayHost.Uvicorn));
        Assert.Equal("hx-gateway:hx-gateway", await OwnerAsync(Own));
        Assert.Equal("hx-gateway:hx-gateway", await OwnerAsync(Own + "/src/link"));
        Assert.Equal("root:root", await OwnerAsync("/etc/outside"));
        Assert.Equal("root:root", await OwnerAsync(Own + "/backups"));
        Assert.Equal("root:root", await OwnerAsync(Own + "/backups/gw-checkpoint-20250818T175013Z.tgz"));
        await host.AskAsync("rm", Own + "/src/link", Own + "/src/hard", "/etc/outside", Own + "/backups/gw-checkpoint-20250818T175013Z.tgz");
    }

    [SkippableTheory]
    [InlineData("Status: active\\n\\n4000/tcp  ALLOW  Anywhere\\n", "Unhealthy", "does not let 4010/tcp in")]
    [InlineData("Status: active\\n\\n4000:4020/tcp  ALLOW  10.0.0.0/8\\n", "Healthy", "lets 4010/tcp in")]
    [InlineData("Status: active\\n\\n4010  DENY  Anywhere\\n4010/tcp  ALLOW  Anywhere\\n", "Unhealthy", "does not let 4010/tcp in")]
    [InlineData("Status: inactive\\n", "Inconclusive", "not in force")]
    [Trait("Behaviour", "S-38")]
    public async Task S_38_the_firewall_is_asked_whether_it_lets_the_port_in(string said, string verdict, string finding)
    {
        host.Require();
        host.Write("/usr/local/bin/ufw", $"#!/bin/sh\n[ \"$1\" = status ] && printf '{said}'\n", (UnixFileMode)0x1ED);

        var check = (await ChecksAsync("production"))["Firewall"];

        await host.AskAsync("rm", "/usr/local/bin/ufw");
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(finding, check.Finding, StringComparison.Ordinal);
        Assert.True(verdict == "Healthy" || check.Remedy.Contains("ufw allow 4010/tcp", StringComparison.Ordinal), check.Remedy);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-48")]
    public async Task S_48_a_program_that_forwards_the_journal_is_found_and_its_absence_is_told()
    {
        host.Require();
        var without = (await ChecksAsync("all"))["LogForwarding"];
        host.Machine.WriteUnit("vector.service", "[Service]\nExecStart=/bin/sleep 600\n");
        await host.AskAsync("systemctl", "daemon-reload");
        await host.AskAsync("systemctl", "start", "vector.service");

        var with = (await ChecksAsync("all"))["LogForwarding"];

        await host.AskAsync("systemctl", "stop", "vector.service");
        Assert.Equal(("Inconclusive", true), (without.Verdict, without.Finding.Contains("publishes no metrics", StringComparison.Ordinal)));
        Assert.Equal(("Healthy", "vector.service runs"), (with.Verdict, with.Finding));
    }

    private async Task<Dictionary<string, Check>> ChecksAsync(string scope) => Checks(await host.RunAsync("deployment", "test", "--scope", scope, "--json"));

    private Task<string> OwnerAsync(string path) => host.AskAsync("stat", "-c", "%U:%G", path);

    private static Dictionary<string, Check> Checks(HxopsRun run) => JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToDictionary(
        check => check.GetProperty("id").GetString()!,
        check => new Check(check.GetProperty("verdict").GetString()!, check.GetProperty("finding").GetString()!, check.GetProperty("remedy").GetString()!));

    private sealed record Check(string Verdict, string Finding, string Remedy);
}
