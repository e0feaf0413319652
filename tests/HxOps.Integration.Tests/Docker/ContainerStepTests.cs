using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>Single steps of plans on containers and images, on a real engine.</summary>
[Collection(DockerGroup.Name)]
public sealed class ContainerStepTests(DockerMachine machine)
{
    private const string Up = "      - { name: up, budget: 1m, action: { do: compose, folder: ., verb: up } }\n";
    private const string Record = "      - { name: record, budget: 1m, action: { do: image, verb: record, images: [step-sleeper:latest] } }\n";

    [SkippableFact]
    public async Task An_up_that_was_killed_before_it_reached_the_containers_is_done_again()
    {
        using var site = new StepSite(machine);
        await site.StartAsync();
        site.KillOnceAt(" up ");

        await site.RollBackAsync(site.Plan(Tag("a") + Up), "only");
        var resumed = await site.HxopsAsync("rollback", "resume", "--yes", "--json");

        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Error);
        Assert.Equal("step-sleeper:old", await site.DockerAsync("inspect", "--format", "{{.Config.Image}}", "step-a"));
    }

    [SkippableTheory]
    [InlineData("docker.io/library/step-sleeper")]
    [InlineData("step-sleeper")]
    [InlineData("ID")]
    public async Task An_image_to_roll_back_to_is_not_removed_by_another_name(string name)
    {
        using var site = new StepSite(machine);
        await machine.MakeImageAsync("step-sleeper:latest", $"STEP={Guid.NewGuid()}");
        var id = await site.DockerAsync("image", "inspect", "--format", "{{.Id}}", "step-sleeper:latest");
        var reference = name == "ID" ? id : name;

        var run = await site.RollBackAsync(site.Plan(Record + $"      - {{ name: remove, budget: 1m, action: {{ do: image, verb: remove, images: [\"{reference}\"] }} }}\n"), "only");

        Assert.Contains("is an image to roll back to; it is not removed", run.Finding("remove"), StringComparison.Ordinal);
        Assert.Equal("RolledBack", run.Document.GetProperty("outcome").GetString());
        Assert.Equal(id, await site.DockerAsync("image", "inspect", "--format", "{{.Id}}", "step-sleeper:latest"));
    }

    [SkippableFact]
    public async Task Another_tag_of_an_image_to_roll_back_to_may_go()
    {
        using var site = new StepSite(machine);
        await machine.MakeImageAsync("step-sleeper:latest", $"STEP={Guid.NewGuid()}");
        await site.DockerAsync("tag", "step-sleeper:latest", "step-other:1");

        var run = await site.RollBackAsync(site.Plan(Record + "      - { name: remove, budget: 1m, action: { do: image, verb: remove, images: ['step-other:1'] } }\n"), "only");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.False((await machine.DockerAsync("image", "inspect", "step-other:1")).Succeeded);
    }

    [SkippableFact]
    public async Task An_image_to_roll_back_to_that_goes_with_others_is_told_and_nothing_is_called_taken_back()
    {
        using var site = new StepSite(machine);
        await machine.MakeImageAsync("step-sleeper:latest", $"STEP={Guid.NewGuid()}");
        await machine.MakeImageAsync("step-other:1", $"STEP={Guid.NewGuid()}");
        site.Replace("docker", "case \" $* \" in *\" image rm \"*) PATH=$REAL_PATH docker image rm step-sleeper:latest ;; esac");

        var run = await site.RollBackAsync(site.Plan(Record + "      - { name: remove, budget: 1m, action: { do: image, verb: remove, images: ['step-other:1'] } }\n"), "only");

        Assert.Contains("is not here any more after others were removed", run.Document.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Equal("Inconsistent", run.Document.GetProperty("outcome").GetString());
    }

    [SkippableTheory]
    [InlineData("  b: { extends: a, command: [sleep, infinity] }\n", "The image of 'b' would change as well, to step-sleeper:old")]
    [InlineData("", null)]
    public async Task A_tag_reaches_the_services_that_are_named_and_no_other(string other, string? words)
    {
        using var site = new StepSite(machine);
        site.WriteCompose(other);
        var before = site.Files.Read(StepSite.Folder + "/docker-compose.yml");

        var run = await site.RollBackAsync(site.Plan(Tag("a")), "only");

        Assert.Equal(words is null ? "Succeeded" : "RolledBack", run.Document.GetProperty("outcome").GetString());
        Assert.Contains(words ?? "old written for a", run.Finding("tag"), StringComparison.Ordinal);
        Assert.Equal(words is null ? before.Replace(":latest", ":old", StringComparison.Ordinal) : before, site.Files.Read(StepSite.Folder + "/docker-compose.yml"));
    }

    [SkippableFact]
    public async Task A_tag_that_a_second_file_overrides_is_no_success()
    {
        using var site = new StepSite(machine);
        site.WriteCompose("");
        site.Files.Write(StepSite.Folder + "/docker-compose.override.yml", "services: { a: { image: 'step-sleeper:mine' } }\n");

        var run = await site.RollBackAsync(site.Plan(Tag("a")), "only");

        Assert.Contains("The image of 'a' would be step-sleeper:mine all the same", run.Finding("tag"), StringComparison.Ordinal);
        Assert.Contains(":latest", site.Files.Read(StepSite.Folder + "/docker-compose.yml"), StringComparison.Ordinal);
    }

    private static string Tag(string service) => $"      - {{ name: tag, budget: 1m, action: {{ do: compose, folder: ., verb: tag, services: [{service}], tag: old }} }}\n";

    /// <summary>A project of one service that sleeps.</summary>
    private sealed class StepSite(DockerMachine machine) : DockerSite(machine)
    {
        public const string Folder = "/srv/steps";

        public async Task StartAsync()
        {
            await Machine.MakeImageAsync("step-sleeper:latest", "RELEASE=latest");
            await Machine.MakeImageAsync("step-sleeper:old", "RELEASE=old");
            WriteCompose("");
            await ComposeAsync(Folder, "up", "--detach");
        }

        public void WriteCompose(string other) => Files.Write(Folder + "/docker-compose.yml", $"""
            name: steps
            services:
              a:
                image: step-sleeper:latest
                container_name: step-a
                command: [sleep, infinity]
                stop_grace_period: 1s
                volumes: ['/usr:/usr:ro']
            {other}
            """);

        public string Plan(string steps)
        {
            Files.Write("/steps.yaml", $"""
                format: 1
                name: steps
                description: Single steps
                owner: Platform Team
                version: "1"
                root: {Folder}
                target: 5m
                budget: 5m
                scenarios:
                  - name: only
                    budget: 3m
                    steps:
                {steps}
                """);
            Directory.CreateDirectory(Files.Local(Folder));
            return Files.Local("/steps.yaml");
        }

        /// <summary>Kills hxops when it calls docker so, before docker does anything.</summary>
        public void KillOnceAt(string words) =>
            Replace("docker", $"case \" $* \" in *\"{words}\"*) if [ ! -e \"$MARK\" ]; then : > \"$MARK\"; kill -KILL \"$PPID\"; exec sleep 600; fi ;; esac");

        /// <summary>Lets a script come before a program.</summary>
        public void Replace(string program, string script)
        {
            var tools = Files.Local("/path");
            var path = Machine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")!;
            Files.Write("/path/" + program, $"#!/bin/sh\n{script}\nPATH=$REAL_PATH\nexec {program} \"$@\"\n", 0x1ED);
            (Variables["PATH"], Variables["REAL_PATH"], Variables["MARK"]) = ($"{tools}:{path}", path, Path.Combine(tools, "mark"));
        }
    }
}
