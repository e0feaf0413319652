using System.Text.Json;
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
