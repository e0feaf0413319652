using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Fleet;

/// <summary>The collection, by a real ansible-playbook on real hosts over a real ssh.</summary>
public sealed class AnsibleTests(AnsibleFleet fleet) : IClassFixture<AnsibleFleet>
{
    private const string Config = "/srv/gateway/config/config.yaml";

    private const string Change = """
        - hosts: alpha,beta
          gather_facts: false
          roles:
            - role: hx.ops.guarded_change
              guarded_change_tasks: /opt/ansible/change.yml
              guarded_change_wait: 5
          post_tasks:
            - hx.ops.facts:
            - hx.ops.checkpoint: { state: verified, drill: true }
            - hx.ops.restore:
        """;

    [SkippableFact]
    public async Task The_same_playbook_twice_changes_something_once()
    {
        await fleet.ResetAsync();
        fleet.Write("change.yml", $"- ansible.builtin.lineinfile: {{ path: {Config}, line: '# changed' }}\n");

        var first = await fleet.PlayAsync(Change);
        var before = await fleet.TimesAsync("alpha");
        var second = await fleet.PlayAsync(Change);

        Assert.True(first.Succeeded, first.Output);
        Assert.Matches(@"alpha +: ok=\d+ +changed=[1-9]", first.Output);
        Assert.True(second.Succeeded, second.Output);
        Assert.Matches(@"alpha +: ok=\d+ +changed=0 ", second.Output);
        Assert.Matches(@"beta +: ok=\d+ +changed=0 ", second.Output);
        Assert.Equal(before, await fleet.TimesAsync("alpha"));
        Assert.Contains("# changed", await fleet.ShellAsync("beta", $"cat {Config}"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_change_that_breaks_the_gateway_is_taken_back()
    {
        await fleet.ResetAsync();
        fleet.Write("change.yml", $"""
            - ansible.builtin.lineinfile: {'{'} path: {Config}, line: '# broken' {'}'}
            - ansible.builtin.systemd: {'{'} name: hx-practice.service, state: restarted {'}'}
            """);
        var before = await fleet.DigestAsync("alpha");

        var run = await fleet.PlayAsync(Change);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("The gateway is unhealthy: liveliness: HTTP 503. The state before is back.", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await fleet.DigestAsync("alpha"));
        Assert.Contains("200", await fleet.ShellAsync("alpha", "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:4000/health/liveliness"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Check_and_diff_touch_nothing_and_show_what_would_be_with_secrets_redacted()
    {
        await fleet.ResetAsync();
        await fleet.ShellAsync("alpha", $"hxops checkpoint new; echo '# later' >> {Config}");
        var before = await fleet.TimesAsync("alpha");

        var run = await fleet.PlayAsync("""
            - hosts: alpha
              gather_facts: false
              tasks:
                - hx.ops.facts:
                - hx.ops.checkpoint: { note: new }
                  register: taken
                - hx.ops.restore:
                  register: restored
                - hx.ops.checkpoint: { state: absent, keep: 0 }
                - hx.ops.restore: { state: repaired }
                - hx.ops.gateway:
                - ansible.builtin.assert:
                    that:
                      - taken is changed and '/srv/gateway/config/config.yaml' in taken.plan.paths
                      - restored is changed and restored.plan.changes | length == 1
            """, "--check", "--diff", "-vvv");

        Assert.True(run.Succeeded, run.Output);
        Assert.Contains("\n-# later", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n+# later", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-practice-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await fleet.TimesAsync("alpha"));
    }

    [SkippableFact]
    public async Task A_later_task_confirms_a_restore_once()
    {
        await fleet.ResetAsync();
        await fleet.ShellAsync("alpha", $"hxops checkpoint new; echo '# later' >> {Config}");

        var run = await fleet.PlayAsync("""
            - hosts: alpha
              gather_facts: false
              tasks:
                - hx.ops.restore: { confirm_within: 10m }
                  register: restored
                - hx.ops.restore: { state: confirmed }
                  register: word
                - hx.ops.restore: { state: confirmed }
                  register: again
                - ansible.builtin.assert:
                    that:
                      - restored is changed and restored.result.confirmByUtc is string
                      - word is changed and word.result.id == restored.result.id
                      - again is not changed and again.result.confirmation == 'Confirmed'
            """);

        Assert.True(run.Succeeded, run.Output);
    }

    [SkippableFact]
    public async Task No_secret_is_shown_however_verbose_not_even_one_that_the_task_gave()
    {
        await fleet.ResetAsync();
        var run = await fleet.PlayAsync("""
            - hosts: alpha,beta
              gather_facts: false
              module_defaults:
                group/hx.ops.hxops: { secrets: { MASTER_KEY: sk-of-the-task-1234567890 } }
              tasks:
                - hx.ops.checkpoint: { note: verbose }
                - ansible.builtin.shell: echo '# more' >> /srv/gateway/config/config.yaml
                - hx.ops.restore:
                - hx.ops.gateway: { wait: 5 }
                - hx.ops.facts:
                - hx.ops.restore: { checkpoint: nothing }
            """, "-vvvv", "--diff");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("sk-of-the-task", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-practice-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("api_key: [redacted]", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Failures_carry_id_remedy_target_and_exit_code()
    {
        await fleet.ResetAsync();
        await fleet.ShellAsync("alpha", $"echo '# broken' >> {Config}; hxops checkpoint new; sed -i /broken/d {Config}");
        var run = await fleet.PlayAsync("""
            - hosts: alpha
              gather_facts: false
              ignore_errors: true
              tasks:
                - hx.ops.restore: { checkpoint: nothing }
                  register: unknown
                - hx.ops.restore:
                  register: back
                - hx.ops.gateway: { probes: [nonesuch] }
                  register: probe
                - ansible.builtin.command: systemctl stop hx-practice.service
                - hx.ops.gateway:
                  register: down
                - hx.ops.facts: { executable: no-such-hxops }
                  register: absent
                - hx.ops.facts: { deployment: /no/such.yaml }
                  register: deployment
                - ansible.builtin.assert:
                    that:
                      - unknown.id == 'CheckpointNotFound' and unknown.exit_code == 3 and unknown.target == 'nothing' and unknown.remedy
                      - back.id == 'RestoreRolledBack' and back.exit_code == 20 and back.remedy and not back.changed
                      - back.result.outcome == 'RolledBack'
                      - probe.id == 'ProbeNotFound' and probe.exit_code == 3
                      - down.id == 'GatewayUnhealthy' and down.exit_code == 4 and down.target == 'gateway-unit' and down.report.verdict == 'Unhealthy'
                      - absent.id == 'ProgramMissing' and absent.exit_code == 3
                      - deployment.exit_code == 3 and deployment.id
                  ignore_errors: false
            """);
        Assert.True(run.Succeeded, run.Output);
    }

    [SkippableFact]
    public async Task Services_and_entry_points_are_changed_once_and_only_when_they_are_not_so()
    {
        await fleet.ResetAsync();
        var run = await fleet.PlayAsync("""
            - hosts: alpha
              gather_facts: false
              tasks:
                - hx.ops.service: { state: installed, start: true }
                  check_mode: true
                  register: planned
                - hx.ops.service: { state: installed, start: true }
                  register: installed
                - hx.ops.service: { state: installed, start: true }
                  register: again
                - hx.ops.service: { state: stopped }
                  register: stopped
                - hx.ops.service: { state: stopped }
                  register: still
                - hx.ops.service: { state: installed, start: true }
                  register: started
                - hx.ops.checkpoint: { note: before another entry point }
                - ansible.builtin.shell: |
                    mkdir -p /etc/systemd/system/hx-wrapper.service.d
                    printf '[Service]\nExecStart=\nExecStart=/usr/bin/python3 -m http.server 4010 --directory /srv/gateway\n' > /etc/systemd/system/hx-wrapper.service.d/override.conf
                    systemctl daemon-reload && systemctl restart hx-wrapper
                - hx.ops.entry_point: { budget: 20s }
                  check_mode: true
                  register: entry_plan
                - hx.ops.entry_point: { budget: 20s }
                  register: entry
                - hx.ops.entry_point: { source: live }
                  register: entry_again
                - ansible.builtin.shell: |
                    printf '[Service]\nExecStart=\nExecStart=/usr/bin/python3 -m http.server 4010 --directory /srv/gateway\n' > /etc/systemd/system/hx-wrapper.service.d/override.conf
                    systemctl daemon-reload
                - hx.ops.entry_point: { source: live, health_path: /nowhere, budget: 5s }
                  register: unproven
                  ignore_errors: true
                - hx.ops.entry_point: { source: live, health_path: /nowhere, budget: 5s }
                  register: still_unproven
                  ignore_errors: true
                - hx.ops.service: { state: uninstalled, purge: true }
                  register: gone
                - hx.ops.service: { state: uninstalled, purge: true }
                  register: still_gone
                - ansible.builtin.assert:
                    that:
                      - planned is changed and planned.plan.steps | length > 0
                      - installed is changed and installed.result.outcome == 'Installed' and installed.result.status.activity == 'Active'
                      - again is not changed
                      - stopped is changed and still is not changed
                      - started is changed and started.result.start.outcome == 'Started'
                      - entry_plan is changed and 'ExecStart=' in entry_plan.diff.after
                      - entry is changed and entry.result.outcome == 'Set' and '--bind' in entry.result.runningCommand
                      - entry_again is not changed
                      - unproven is failed and unproven.exit_code == 4 and unproven.result.wasRestarted and unproven is changed
                      - still_unproven is failed and still_unproven.exit_code == 4 and still_unproven is not changed
                      - gone is changed and still_gone is not changed
            """);
        Assert.True(run.Succeeded, run.Output);
    }

    [SkippableFact]
    public async Task A_rollback_plan_is_carried_out_once_since_a_time()
    {
        await fleet.ResetAsync();
        var run = await fleet.PlayAsync("""
            - hosts: alpha
              gather_facts: false
              module_defaults:
                hx.ops.rollback: { plan: /etc/hxops/plan.yaml, scenario: restart, unless_since: "2025-01-01T00:00:00Z" }
              tasks:
                - hx.ops.rollback:
                  check_mode: true
                  register: planned
                - hx.ops.rollback:
                  register: first
                - hx.ops.rollback:
                  register: second
                - hx.ops.rollback: { plan: practice, state: resumed }
                  register: nothing
                - ansible.builtin.assert:
                    that:
                      - planned is changed and planned.plan | select('search', 'restart') | list
                      - first is changed and first.result.outcome == 'Succeeded' and first.result.steps[0].state == 'Succeeded'
                      - second is not changed
                      - nothing is not changed
            """);
        Assert.True(run.Succeeded, run.Output);
    }

    [SkippableTheory]
    [InlineData("ssh alpha hxops --json gateway test")]
    [InlineData("ssh -tt alpha hxops --json gateway test")]
    [InlineData("ssh -tt alpha hxops --json checkpoint new")]
    [InlineData("ssh -tt alpha hxops --json checkpoint restore --yes 2>/dev/null")]
    [InlineData("ssh alpha \"script -qec 'hxops --json checkpoint restore nothing' /dev/null || true\"")]
    [InlineData("ssh alpha \"TERM=xterm-256color script -qec 'hxops --json gateway test' /dev/null\"")]
    public async Task Standard_output_is_one_document_without_an_escape_character_also_under_a_terminal(string line)
    {
        await fleet.ResetAsync();
        await fleet.ShellAsync("alpha", $"hxops checkpoint new; echo '# later' >> {Config}");
        var text = await fleet.ShellAsync(SystemdFleet.Control, line);

        Assert.DoesNotContain('\x1b', text);
        using var document = JsonDocument.Parse(text);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [SkippableFact]
    public async Task Every_module_has_a_documentation_that_ansible_doc_reads()
    {
        await fleet.ResetAsync();
        var modules = (await fleet.AnsibleAsync("ansible-doc", "--list", "hx.ops", "--json")).Output;
        using var list = JsonDocument.Parse(modules);
        var names = list.RootElement.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Contains("hx.ops.checkpoint", names);

        var run = await fleet.AnsibleAsync("ansible-doc", ["--json", .. names]);
        using var all = JsonDocument.Parse(run.Output);
        foreach (var module in all.RootElement.EnumerateObject())
        {
            foreach (var part in new[] { "doc", "examples", "return" })
                Assert.True(module.Value.TryGetProperty(part, out var value) && value.ValueKind != JsonValueKind.Null, $"{module.Name} has no {part}");
            Assert.True(module.Value.GetProperty("doc").GetProperty("options").TryGetProperty("secrets", out _), $"{module.Name} does not take secrets");
        }
    }
}
