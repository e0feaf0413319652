using System.Text;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>The emergency rollback of the LLM Hub, on a real engine.</summary>
[Collection(DockerGroup.Name)]
public sealed class LlmHubEmergencyTests(DockerMachine machine)
{
    [SkippableFact]
    [Trait("Behaviour", "H-01")]
    [Trait("Behaviour", "H-03")]
    [Trait("Behaviour", "H-04")]
    [Trait("Behaviour", "H-05")]
    [Trait("Behaviour", "H-06")]
    [Trait("Behaviour", "H-12")]
    [Trait("Behaviour", "H-13")]
    [Trait("Behaviour", "H-14")]
    [Trait("Behaviour", "T-29")]
    public async Task The_flag_is_observed_off_in_time_and_the_old_pages_serve()
    {
        using var site = await HubSite.StartAsync(machine);

        var run = await site.RollBackAsync("llm-hub", "emergency", HubSite.Values);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.InRange(run.Seconds("flag-off") + run.Seconds("recreate"), 0.1, 10);
        Assert.Contains("rollout 0", run.Finding("recreate"), StringComparison.Ordinal);
        Assert.Contains("4 pages answer 200", run.Finding("old-pages"), StringComparison.Ordinal);
        Assert.All(new[] { "right-host", "hub-gone", "log", "page-views" }, step => Assert.Equal("Succeeded", run.State(step)));
        Assert.Equal($"# feature flags\nFEATURE_UNIFIED_LLM_HUB=false\nSITE_KEY={HubSite.Secret}\n", site.Files.Read(HubSite.Folder + "/.env.auth"));
        Assert.Contains("rollout_percentage\":0", await machine.GetAsync(HubSite.Url + "/api/v1/features/unified_llm_hub"), StringComparison.Ordinal);
        var internalText = await File.ReadAllBytesAsync(Path.Combine(run.Folder, "announcement-internal.md"));
        Assert.StartsWith("🔄 **LLM Hub Rollback - COMPLETED**", new UTF8Encoding(false, true).GetString(internalText), StringComparison.Ordinal);
        Assert.Contains("**ETA for Fix**: TBD", Encoding.UTF8.GetString(internalText), StringComparison.Ordinal);
        Assert.StartsWith("We've temporarily reverted", await File.ReadAllTextAsync(Path.Combine(run.Folder, "announcement-users.md")), StringComparison.Ordinal);
        AssertNoSecret(run);
    }

    [SkippableFact]
    [Trait("Behaviour", "H-06")]
    [Trait("Behaviour", "H-12")]
    public async Task A_hub_that_still_serves_its_own_pages_is_seen()
    {
        using var site = await HubSite.StartAsync(machine);
        var path = site.Files.Local(HubSite.Folder + "/.env.auth");
        await File.AppendAllTextAsync(path, "HUB_STAYS=true\n");

        var run = await site.RollBackAsync("llm-hub", "emergency", HubSite.Values);

        Assert.All(new[] { "hub-gone", "page-views" }, step => Assert.True(run.State(step) == "Failed", run.All));
        Assert.Contains("/admin/llm-hub/overview", run.Finding("hub-gone"), StringComparison.Ordinal);
        Assert.Contains("PAGE_VIEW /admin/llm-hub user=1", run.Finding("page-views"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_flag_that_does_not_read_off_is_not_turned_on_again()
    {
        using var site = await HubSite.StartAsync(machine);
        var path = site.Files.Local(HubSite.Folder + "/.env.auth");
        await File.AppendAllTextAsync(path, "FLAG_READS=true\n");

        var run = await site.RollBackAsync("llm-hub", "emergency", HubSite.Values);

        // Failed on a machine so busy that the container is not made anew in its time.
        Assert.Contains(run.Document.GetProperty("outcome").GetString(), new[] { "Inconclusive", "Failed" });
        Assert.Contains("The step 'recreate' failed", run.Document.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Contains("FEATURE_UNIFIED_LLM_HUB=false", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "T-01")]
    public async Task A_restart_that_keeps_the_old_environment_is_seen_and_the_container_made_anew()
    {
        using var site = await HubSite.StartAsync(machine);
        var container = await site.DockerAsync("inspect", "--format", "{{.Id}}", "ops-center-direct");
        var plan = Literal(site);

        var run = await site.RollBackAsync(plan, "only");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("ops-center-direct had kept the old environment and was made anew", await File.ReadAllTextAsync(Path.Combine(run.Folder, "journal")), StringComparison.Ordinal);
        Assert.NotEqual(container, await site.DockerAsync("inspect", "--format", "{{.Id}}", "ops-center-direct"));
        await site.AnswersAsync(HubSite.Url + "/api/v1/features/unified_llm_hub", "\"enabled\":false");
        AssertNoSecret(run);
    }

    [SkippableFact]
    [Trait("Behaviour", "H-02")]
    public async Task Another_machine_than_the_plans_is_told()
    {
        using var site = await HubSite.StartAsync(machine);

        var run = await site.RollBackAsync("llm-hub", "emergency", $"site={HubSite.Url}");

        Assert.Equal("Failed", run.State("right-host"));
        Assert.Contains("prints 'ops-center-prod'", run.Finding("right-host"), StringComparison.Ordinal);
        Assert.Equal("ops-center-direct", await site.DockerAsync("ps", "--format", "{{.Names}}"));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-16")]
    public async Task Compose_is_found_as_the_program_where_docker_has_no_such_command()
    {
        using var site = await HubSite.StartAsync(machine);
        var tools = site.Files.Local("/path");
        Directory.CreateDirectory(tools);
        await File.WriteAllTextAsync(Path.Combine(tools, "docker-compose"), "#!/bin/sh\necho \"$@\" >> \"$(dirname \"$0\")/calls\"\nDOCKER_CONFIG=$REAL_CONFIG exec docker compose \"$@\"\n");
        File.SetUnixFileMode(Path.Combine(tools, "docker-compose"), (UnixFileMode)0x1ED);
        await File.WriteAllTextAsync(Path.Combine(tools, "docker"), "#!/bin/sh\nPATH=$REAL_PATH\n[ \"$1\" = compose ] && [ \"$DOCKER_CONFIG\" = /none ] && exit 1\nexec docker \"$@\"\n");
        File.SetUnixFileMode(Path.Combine(tools, "docker"), (UnixFileMode)0x1ED);
        var path = machine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")!;
        site.Variables["PATH"] = $"{tools}:{path}";
        site.Variables["REAL_PATH"] = path;
        site.Variables["REAL_CONFIG"] = machine.Environment.GetValueOrDefault("DOCKER_CONFIG") ?? "";
        site.Variables["DOCKER_CONFIG"] = "/none";

        var run = await site.RollBackAsync("llm-hub", "emergency", HubSite.Values);

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("--force-recreate", await File.ReadAllTextAsync(Path.Combine(tools, "calls")), StringComparison.Ordinal);
    }

    private static void AssertNoSecret(SiteRun run)
    {
        Assert.DoesNotContain(HubSite.Secret, run.All, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(run.Folder).Where(file => !Path.GetFileName(file).StartsWith("saved-", StringComparison.Ordinal)))
            Assert.DoesNotContain(HubSite.Secret, File.ReadAllText(file), StringComparison.Ordinal);
    }

    // What the document says word by word: change the variable, then restart.
    private static string Literal(HubSite site)
    {
        site.Files.Write("/literal.yaml", $$"""
            format: 1
            name: literal
            description: The document word by word
            owner: Platform Team
            version: "1"
            root: {{HubSite.Folder}}
            target: 5m
            budget: 5m
            scenarios:
              - name: only
                budget: 2m
                steps:
                  - name: flag-off
                    budget: 5s
                    action: { do: environment-file, file: .env.auth, key: FEATURE_UNIFIED_LLM_HUB, value: "false" }
                  - name: restart
                    budget: 1m
                    action: { do: compose, folder: ., verb: restart, services: [ops-center-direct] }
                    observe:
                      - { see: feature-flag, url: "{{HubSite.Url}}/api/v1/features/unified_llm_hub", flag: unified_llm_hub, is: "off" }
            """);
        return site.Files.Local("/literal.yaml");
    }
}
