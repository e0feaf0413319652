using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>What standard output and standard error never carry, whatever is asked.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Fact]
    public async Task Planted_secrets_and_control_characters_appear_in_no_output_of_any_command()
    {
        var first = await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.EnvironmentFile, $"OLLAMA_KEY={PracticeFiles.FileSecret}-changed\n");
        _practice.Write("/srv/gateway/scripts/tests/\u001b[31mred\u001b[0m.sh", "#!/bin/sh\n");
        var runs = new List<HxopsRun>();
        foreach (var command in Commands(first))
        {
            runs.Add(await _practice.RunAsync([.. command, "--verbose"]));
            var json = await _practice.RunAsync([.. command, "--json"]);
            using var document = JsonDocument.Parse(json.Output); // one document, nothing behind it
            runs.Add(json);
        }

        Assert.All(runs, run =>
        {
            Assert.DoesNotContain(PracticeFiles.FileSecret, run.All, StringComparison.Ordinal);
            Assert.DoesNotContain(PracticeFiles.VariableSecret, run.All, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-practice-default", run.All, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", run.All, StringComparison.Ordinal);
            Assert.DoesNotContain("\ufeff", run.All, StringComparison.Ordinal);
            Assert.DoesNotContain("   at HxOps.", run.All, StringComparison.Ordinal);
            Assert.True(run.ExitCode is 0 or 4, run.All);
        });
    }

    [Fact]
    public async Task Evidence_about_a_plan_carries_no_value_of_its_environment_files_however_short_and_whatever_stands_behind_it()
    {
        using var site = new ToySite { Flag = "pool: hunter22, correct-horse-battery-staple, tr0ub4dor; mode: production" };
        _practice.Write("/srv/gateway/work/.env.auth", "DB_PASSWORD=hunter22\nPHRASE=correct-horse-battery-staple # ours\nAPI_TOKEN=tr0ub4dor # rotate it\nMODE=production\n", 0x180);
        var plan = new PracticePlan(_practice).Write($$"""
                  - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["{{site.Url}}/api/v1/features/unified_llm_hub"] } }
                  - { name: up, budget: 5s, importance: wanted, action: { do: compose, folder: ., verb: up } }
            """);

        var save = await _practice.RunAsync("evidence", "save", "--plan", plan.File, "--json");
        var run = await _practice.RunAsync("rollback", "run", plan.File, "--yes");

        Assert.True(save.ExitCode == 0, save.All);
        Assert.True(run.ExitCode == 0, run.All);
        var files = Directory.EnumerateFiles(_practice.StateFolder, "*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.Equal(2, files.Count(text => text.StartsWith("HTTP 200\npool: [redacted], [redacted], [redacted]; mode: production", StringComparison.Ordinal)));
        Assert.All(files, text => Assert.DoesNotMatch("hunter22|correct-horse|tr0ub4dor", text));
    }

    private static IEnumerable<string[]> Commands(string checkpoint) =>
    [
        ["deployment", "list"],
        ["deployment", "show"],
        ["deployment", "test"],
        ["config", "test"],
        ["gateway", "test"],
        ["gateway", "log"],
        ["checkpoint", "new"],
        ["checkpoint", "list"],
        ["checkpoint", "show"],
        ["checkpoint", "test", "--drill"],
        ["checkpoint", "compare", checkpoint],
        ["checkpoint", "restore", checkpoint, "--what-if"],
        ["checkpoint", "restore", checkpoint, "--yes"],
        ["restore", "list"],
        ["restore", "undo", "--yes"],
        ["restore", "repair"],
        ["checkpoint", "remove", "--what-if"],
    ];
}
