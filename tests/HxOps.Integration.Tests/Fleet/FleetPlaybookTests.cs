using System.Diagnostics;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Fleet;

/// <summary>The playbooks for fleets: canary, batches, the way back, and hosts that vanish.</summary>
public sealed class FleetPlaybookTests(AnsibleFleet fleet) : IClassFixture<AnsibleFleet>
{
    private const string Config = "/srv/gateway/config/config.yaml";

    [SkippableFact]
    public async Task A_rollback_that_fails_on_the_third_host_leaves_the_first_two_as_they_were_on_request()
    {
        await PrepareAsync(broken: "gamma");
        var before = (await fleet.DigestAsync("alpha"), await fleet.DigestAsync("beta"), await fleet.DigestAsync("gamma"));

        var run = await fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_rollback", "-e", "hx_fleet_undo=true");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, (await fleet.DigestAsync("alpha"), await fleet.DigestAsync("beta"), await fleet.DigestAsync("gamma")));
        Assert.Contains("'alpha': 'undone', 'beta': 'undone', 'gamma': 'failed'", run.Output, StringComparison.Ordinal);
        Assert.Contains("RestoreRolledBack", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_canary_that_fails_ends_it_for_all_others()
    {
        await PrepareAsync(broken: "alpha");
        var before = await fleet.TimesAsync("beta");

        var run = await fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_rollback");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'alpha': 'failed', 'beta': 'stopped', 'gamma': 'stopped'", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await fleet.TimesAsync("beta"));
    }

    [SkippableFact]
    public async Task A_host_that_vanishes_in_mid_step_is_inconclusive_and_the_next_run_ends_it()
    {
        await PrepareAsync(broken: null);
        // A unit that takes its time to stop, so that the host is cut off in the middle of its restore.
        await fleet.ShellAsync("beta", """
            mkdir -p /etc/systemd/system/hx-practice.service.d
            printf '[Service]\nExecStop=/bin/sleep 6\n' > /etc/systemd/system/hx-practice.service.d/slow.conf
            systemctl daemon-reload
            """);
        var run = fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_rollback");
        var watch = Stopwatch.StartNew();
        while (!(await fleet.ShellAsync("beta", "systemctl is-active hx-practice.service || true")).StartsWith("deactivating", StringComparison.Ordinal))
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2) && !run.IsCompleted, "beta's restore never stopped its unit");
        await fleet.ShellAsync(SystemdFleet.Control, "ip link set to-beta down");

        var first = await run;
        await fleet.ShellAsync(SystemdFleet.Control, "ip link set to-beta up; for i in $(seq 100); do ssh beta true && exit; sleep 0.1; done; exit 1");
        await fleet.ShellAsync("beta", "rm -r /etc/systemd/system/hx-practice.service.d; systemctl daemon-reload; for i in $(seq 300); do pgrep hxops > /dev/null || exit 0; sleep 0.1; done; exit 1");
        var second = await fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_rollback");

        Assert.Equal(2, first.ExitCode);
        Assert.Contains("'alpha': 'done', 'beta': 'inconclusive', 'gamma': 'stopped'", first.Output, StringComparison.Ordinal);
        Assert.True(second.Succeeded, second.Output);
        foreach (var host in SystemdFleet.Hosts)
            Assert.DoesNotContain("# later", await fleet.ShellAsync(host, $"cat {Config}; systemctl is-active hx-practice.service"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_fleet_checkpoint_is_taken_proven_and_gated_once()
    {
        await fleet.ResetAsync();
        var first = await fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_checkpoint", "-e", "hx_fleet_note=nightly");
        var second = await fleet.AnsibleAsync("ansible-playbook", "-i", "hosts", "hx.ops.fleet_checkpoint", "-e", "hx_fleet_note=nightly");

        Assert.True(first.Succeeded, first.Output);
        Assert.True(second.Succeeded, second.Output);
        Assert.Matches(@"gamma +: ok=\d+ +changed=1 ", first.Output);
        Assert.DoesNotMatch(@"changed=[1-9]", second.Output);
        foreach (var host in SystemdFleet.Hosts)
            Assert.Equal("1\n", await fleet.ShellAsync(host, "ls /srv/gateway/backups/*.tgz | wc -l"));
    }

    // Every host has a checkpoint and has changed since; the checkpoint of the broken one holds a configuration that does not work.
    private async Task PrepareAsync(string? broken)
    {
        await fleet.ResetAsync();
        foreach (var host in SystemdFleet.Hosts)
        {
            var flaw = host == broken ? $"echo '# broken' >> {Config};" : "";
            await fleet.ShellAsync(host, $"{flaw} hxops checkpoint new; sed -i /broken/d {Config}; echo '# later' >> {Config}; systemctl restart hx-practice.service; hxops gateway test --wait 10");
        }
    }
}
