using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>The pilot's plan, on a real engine.</summary>
[Collection(DockerGroup.Name)]
public sealed class PilotTests(DockerMachine machine)
{
    private static readonly string[] s_three = ["scenario-gateway", "scenario-engine", "scenario-jobs"];

    [SkippableFact]
    [Trait("Behaviour", "P-01")]
    [Trait("Behaviour", "P-02")]
    [Trait("Behaviour", "P-06")]
    [Trait("Behaviour", "P-43")]
    [Trait("Behaviour", "P-44")]
    public async Task The_emergency_stops_traffic_in_its_thirty_seconds_and_serves_again_at_the_end()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "emergency");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.InRange(run.Seconds("traffic-off"), 0.001, 30);
        Assert.InRange(run.Seconds("services") + run.Seconds("sessions") + run.Seconds("last-words"), 0.001, 60);
        Assert.Contains("status disabled", run.Finding("traffic-off"), StringComparison.Ordinal);
        Assert.Contains("serving", run.Finding("traffic-on"), StringComparison.Ordinal);
        Assert.Contains("\"ok\"", await machine.GetAsync(PilotSite.Gateway + "/healthz"), StringComparison.Ordinal);

        var backup = Assert.Single(Directory.GetDirectories(site.Files.Local(PilotSite.Folder + "/backups")));
        Assert.Matches(@"/\d{8}_\d{6}$", backup);
        Assert.Equal([".env.poc", "logs.txt", "ps.txt"], Directory.GetFiles(backup).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(site.Files.Read(PilotSite.Deploy + "/.env.poc"), await File.ReadAllTextAsync(Path.Combine(backup, ".env.poc")));
        Assert.DoesNotContain(PilotSite.Secret, await File.ReadAllTextAsync(Path.Combine(backup, "logs.txt")) + run.All, StringComparison.Ordinal);
        Assert.Matches(@"(?s)docker compose ps .*gateway.*docker stats.*MEM USAGE.*/admin/metrics.*requests_total 7", await File.ReadAllTextAsync(Path.Combine(run.Folder, "evidence-before", "rollback-evidence.txt")));
        Assert.Contains("its key is", await File.ReadAllTextAsync(Path.Combine(backup, "logs.txt")), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-44")]
    public async Task P_44_the_services_what_they_use_and_their_metrics_are_kept_in_this_order_without_secrets()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "emergency");

        var folder = Assert.Single(Directory.GetDirectories(site.Files.StateFolder, "evidence-before", SearchOption.AllDirectories));
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "rollback-evidence.txt"));
        var places = new[] { "scenario-gateway", "CPU %", "requests_total 7" }.Select(words => text.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.True(run.State("save-evidence") == "Succeeded", run.All);
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(PilotSite.Secret, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_a_kill_switch_the_services_are_shut_down_in_the_same_time()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "emergency", "gateway=http://localhost:3999");

        Assert.InRange(run.Seconds("traffic-off"), 1, 30);
        Assert.Equal("Succeeded", run.State("traffic-off"));
        Assert.Equal("Failed", run.State("sessions"));
        Assert.NotEqual(0, run.ExitCode);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-07")]
    [Trait("Behaviour", "P-08")]
    [Trait("Behaviour", "P-09")]
    [Trait("Behaviour", "P-10")]
    [Trait("Behaviour", "P-31")]
    [Trait("Behaviour", "P-32")]
    [Trait("Behaviour", "P-34")]
    [Trait("Behaviour", "P-36")]
    [Trait("Behaviour", "P-39")]
    [Trait("Behaviour", "T-12")]
    public async Task A_the_configuration_goes_back_to_the_backup_and_all_is_validated()
    {
        using var site = await PilotSite.StartAsync(machine, "MODE=broken\n");
        await site.ServesAsync();
        site.Files.Write(PilotSite.Deploy + "/.env.poc.backup", "MODE=good\nPILOT_MODE=true\nBACKUP=1\n");

        var run = await site.RollBackAsync("pilot", "configuration");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("BACKUP=1", site.Files.Read(PilotSite.Deploy + "/.env.poc"), StringComparison.Ordinal);
        Assert.All(new[] { "pilot-down", "pilot-up" }, script => Assert.Equal($"{site.Files.Local(PilotSite.Deploy)} \n", site.Calls(script)));
        Assert.Equal($"{site.Files.Local(PilotSite.Folder)} \n", site.Calls("pilot-smoke"));
        Assert.Equal($"{site.Files.Local(PilotSite.Folder)} run flags:snapshot\n", site.Calls("npm"));
        Assert.Contains("3 of 3 services are healthy", run.Finding("services-healthy"), StringComparison.Ordinal);
        Assert.Matches(@"first text after \d+ ms", run.Finding("demo"));
    }

    [SkippableFact]
    public async Task Without_a_backup_the_defaults_are_taken()
    {
        using var site = await PilotSite.StartAsync(machine, "MODE=broken\n");
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "configuration");

        Assert.Equal((0, "MODE=good\nPILOT_MODE=true\n"), (run.ExitCode, site.Files.Read(PilotSite.Deploy + "/.env.poc")));
    }

    [SkippableFact]
    [Trait("Behaviour", "P-46")]
    public async Task P_46_everything_is_stopped_in_its_thirty_seconds()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "stop-all");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.InRange(run.Seconds("stop-all"), 0.01, 30);
        Assert.NotEmpty(site.Calls("pilot-down"));
        Assert.Equal("", await site.DockerAsync("ps", "--quiet"));
    }

    [SkippableFact]
    [Trait("Behaviour", "P-46")]
    public async Task P_46_the_defaults_can_be_had_although_there_is_a_backup()
    {
        using var site = await PilotSite.StartAsync(machine, "MODE=broken\n");
        await site.ServesAsync();
        site.Files.Write(PilotSite.Deploy + "/.env.poc.backup", "MODE=broken\nPILOT_MODE=true\n");

        var run = await site.RollBackAsync("pilot", "defaults");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("MODE=good\nPILOT_MODE=true\n", site.Files.Read(PilotSite.Deploy + "/.env.poc"));
        Assert.InRange(run.Seconds("restore-defaults"), 0, 60);
        Assert.Contains("\"ok\"", await machine.GetAsync(PilotSite.Gateway + "/healthz"), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-11")]
    [Trait("Behaviour", "P-12")]
    [Trait("Behaviour", "P-13")]
    [Trait("Behaviour", "P-15")]
    [Trait("Behaviour", "P-27")]
    [Trait("Behaviour", "T-07")]
    public async Task B_the_stable_images_are_secured_before_the_latest_go_and_only_three_services_change()
    {
        using var site = await PilotSite.StartAsync(machine, tag: "latest");
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "images");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Matches("scenario-gateway:v1.0.0 is sha256:[0-9a-f]{64}", run.Finding("secure-images"));
        var images = await site.DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
        Assert.All(s_three, name => Assert.Contains(name + ":v1.0.0", images, StringComparison.Ordinal));
        Assert.All(s_three, name => Assert.DoesNotContain(name + ":latest", images, StringComparison.Ordinal));
        var compose = site.Files.Read(PilotSite.ComposeFile);
        Assert.All(s_three, name => Assert.Contains($"image: {name}:v1.0.0\n", compose, StringComparison.Ordinal));
        Assert.Equal(2, compose.Split("image: site-monitoring:latest").Length - 1);
    }

    [SkippableFact]
    public async Task B_with_a_stable_image_missing_and_its_registry_down_nothing_is_removed()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        await site.DockerAsync("image", "rm", "--force", "scenario-jobs:v1.0.0");

        var run = await site.RollBackAsync("pilot", "images");

        Assert.Equal("Failed", run.State("secure-images"));
        Assert.Contains("scenario-jobs:v1.0.0 is not here, and its registry does not give it", run.Finding("secure-images"), StringComparison.Ordinal);
        Assert.Contains("scenario-gateway:latest", await site.DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}"), StringComparison.Ordinal);
        Assert.Contains("\"ok\"", await machine.GetAsync(PilotSite.Gateway + "/healthz"), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-16")]
    [Trait("Behaviour", "P-17")]
    [Trait("Behaviour", "P-18")]
    [Trait("Behaviour", "P-19")]
    [Trait("Behaviour", "P-20")]
    [Trait("Behaviour", "T-14")]
    public async Task C_the_reset_is_answered_leaves_nothing_and_is_seeded_again()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "reset");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.InRange(run.Seconds("reset"), 0.1, 120);
        Assert.Contains("no container and no volume named pilot", run.Finding("reset"), StringComparison.Ordinal);
        Assert.Contains("demo", await machine.GetAsync(PilotSite.Gateway + "/admin/seed"), StringComparison.Ordinal);
        Assert.NotEmpty(site.Calls("pilot-smoke"));
    }

    [SkippableFact]
    [Trait("Behaviour", "P-46")]
    public async Task P_46_the_reset_has_two_minutes()
    {
        using var site = await PilotSite.StartAsync(machine);
        var preview = await site.HxopsAsync("rollback", "run", "pilot", "--scenario", "reset", "--what-if");
        Assert.Matches(@"(?m)^\s*reset: run './scripts/pilot-reset.sh' \(at most 2 min", preview.Output);
    }

    [SkippableTheory]
    [Trait("Behaviour", "P-47")]
    [InlineData("reset")]
    [InlineData("infrastructure")]
    public async Task C_and_D_data_that_is_not_simulated_is_not_lost(string scenario)
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        var path = site.Files.Local(PilotSite.Deploy + "/.env.poc");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("PILOT_MODE=true", "PILOT_MODE=false", StringComparison.Ordinal));

        var run = await site.RollBackAsync("pilot", scenario);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(("Failed", ""), (run.State("data-is-simulated"), site.Calls("pilot-reset")));
        Assert.Contains("pilot-deploy_prometheus_data", await site.DockerAsync("volume", "ls", "--quiet"), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-21")]
    [Trait("Behaviour", "P-22")]
    [Trait("Behaviour", "P-24")]
    public async Task D_room_is_made_and_what_is_needed_to_roll_back_stays()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        await machine.MakeImageAsync("rubbish:1", "RUBBISH=1");
        await site.DockerAsync("create", "--name", "foreign", "--volume", "/data", "scenario-jobs:latest", "none");
        var data = await site.DockerAsync("inspect", "--format", "{{(index .Mounts 0).Name}}", "foreign");
        await site.DockerAsync("stop", "pilot-deploy-grafana-1");
        var own = await site.DockerAsync("inspect", "--format", "{{.Id}}", "pilot-deploy-grafana-1");

        var run = await site.RollBackAsync("pilot", "infrastructure");

        Assert.True(run.ExitCode == 0, run.All);
        var images = await site.DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
        Assert.DoesNotContain("rubbish", images, StringComparison.Ordinal);
        Assert.All(s_three, name => Assert.Contains(name + ":v1.0.0", images, StringComparison.Ordinal));
        var volumes = await site.DockerAsync("volume", "ls", "--quiet");
        Assert.Contains("pilot-deploy_prometheus_data", volumes, StringComparison.Ordinal);
        Assert.Contains("pilot-deploy_grafana_data", volumes, StringComparison.Ordinal);
        Assert.Contains(data, volumes, StringComparison.Ordinal);
        Assert.Equal("created", await site.DockerAsync("inspect", "--format", "{{.State.Status}}", "foreign"));
        Assert.NotEqual(own, await site.DockerAsync("inspect", "--format", "{{.Id}}", "pilot-deploy-grafana-1"));
        Assert.All(new[] { "disk", "memory", "engine-space", "usage" }, step => Assert.Equal("Succeeded", run.State(step)));
    }

    [SkippableFact]
    [Trait("Behaviour", "P-23")]
    public async Task D_the_engine_is_restarted_only_when_it_does_not_answer()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        await site.DockerAsync("stop", "pilot-deploy-gateway-1");
        var answers = site.Files.Local("/engine-answers");
        site.Files.Write("/etc/systemd/system/docker.service", $"[Service]\nExecStart=/bin/sh -c 'touch {answers}; exec sleep 60'\n");
        site.Script("bin/docker", $"PATH={machine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")}\n[ -e {answers} ]\nexec docker \"$@\"");

        var first = await site.RollBackAsync("pilot", "infrastructure");
        var second = await site.RollBackAsync("pilot", "infrastructure");

        Assert.True(first.ExitCode == 0, first.All);
        Assert.Equal(("Succeeded", 2), (first.State("traffic-off"), first.Attempts("traffic-off")));
        Assert.Equal((2, 1), (first.Attempts("engine-answers"), second.Attempts("engine-answers")));
        Assert.True(File.Exists(answers));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-08")]
    public async Task Nothing_is_removed_while_an_image_to_roll_back_to_is_not_recorded()
    {
        using var site = await PilotSite.StartAsync(machine);
        await machine.MakeImageAsync("rubbish:1", "RUBBISH=1");
        site.Files.Write("/prune.yaml", """
            format: 1
            name: prune
            description: The images to roll back to were forgotten
            owner: Pilot Team
            version: "1"
            root: /srv/pilot
            target: 5m
            budget: 5m
            scenarios:
              - name: all
                budget: 1m
                steps:
                  - { name: record, budget: 20s, action: { do: image, verb: record, images: ["scenario-gateway:v1.0.0"] } }
                  - { name: prune, budget: 20s, action: { do: image, verb: prune, images: ["scenario-gateway:v1.0.0", "scenario-engine:v1.0.0"] } }
            """);

        var run = await site.RollBackAsync(site.Files.Local("/prune.yaml"), "all");

        Assert.Contains("scenario-engine:v1.0.0 has not been recorded by this run", run.Finding("prune"), StringComparison.Ordinal);
        Assert.Contains("rubbish:1", await site.DockerAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}"), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "T-13")]
    public async Task One_healthy_service_among_three_is_not_three()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        await site.DockerAsync("stop", "pilot-deploy-jobs-1");

        var run = await site.RollBackAsync("pilot", "diagnostics");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("jobs is exited", run.All, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-28")]
    public async Task P_28_the_quick_check_asks_the_three_services_and_runs_the_smoke_test()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "diagnostics");
        await site.DockerAsync("stop", "pilot-deploy-engine-1");
        var down = await site.RollBackAsync("pilot", "diagnostics");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.All(new[] { "three-answers", "smoke" }, step => Assert.Equal("Succeeded", run.State(step)));
        Assert.Equal(2, site.Calls("pilot-smoke").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("Failed", down.State("three-answers"));
        Assert.Contains("localhost:3002/healthz", down.Finding("three-answers"), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "P-29")]
    [Trait("Behaviour", "P-30")]
    public async Task Diagnostics_look_at_everything()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();

        var run = await site.RollBackAsync("pilot", "diagnostics");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.All(new[] { "services", "usage", "log", "networks", "network", "volumes", "monitoring-data" }, step => Assert.Equal("Succeeded", run.State(step)));
    }

    [SkippableFact]
    [Trait("Behaviour", "P-25")]
    [Trait("Behaviour", "P-26")]
    public async Task Code_and_seed_data_go_back_to_the_last_working_commit()
    {
        using var site = await PilotSite.StartAsync(machine);
        await site.ServesAsync();
        var commit = Bash.Run(site.Files.Local(PilotSite.Folder), """
            git init --quiet . && git config user.name test && git config user.email test@example.com && printf '.env*\ncalls\nbackups\n' > .gitignore
            echo works > state && cp pilot-deploy/seed/demo-scenario.json pilot-deploy/seed/demo-scenario.json.backup && git add . && git commit --quiet -m works
            git rev-parse --short HEAD
            echo broken > state && echo '{}' > pilot-deploy/seed/demo-scenario.json && git commit --quiet -am broken
            """).Trim();

        var run = await site.RollBackAsync("pilot", "assets", $"commit={commit}");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("works\n", site.Files.Read(PilotSite.Folder + "/state"));
        Assert.Contains("demo", site.Files.Read(PilotSite.Deploy + "/seed/demo-scenario.json"), StringComparison.Ordinal);
    }
}
