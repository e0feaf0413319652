using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>What hxops says about its own arguments, without any deployment.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    [InlineData("checkpoint")]
    [InlineData("checkpoint", "lst")]
    [InlineData("checkpoint", "list", "--frob")]
    [InlineData("checkpoint", "restore", "--map-owner", "nobody")]
    [InlineData("checkpoint", "remove", "--keep", "-1")]
    [InlineData("checkpoint", "remove", "--keep-within", "soon")]
    [InlineData("checkpoint", "remove", "gw-checkpoint-20250818T175013Z", "--keep", "3")]
    [InlineData("checkpoint", "set", "gw-checkpoint-20250818T175013Z")]
    [InlineData("checkpoint", "set", "gw-checkpoint-20250818T175013Z", "--pin", "--unpin")]
    [InlineData("gateway", "test", "--wait", "-3")]
    [InlineData("gateway", "test", "--wait", "8d")]
    [InlineData("flag", "set", "unified_llm_hub")]
    [InlineData("flag", "set", "unified_llm_hub", "off", "--wait", "soon")]
    [InlineData("killswitch", "on", "--wait", "-3")]
    [InlineData("service", "stop", "--timeout", "0s", "--what-if")]
    [InlineData("entrypoint", "set", "--budget", "0s", "--what-if")]
    [InlineData("gateway", "test", "--profile", "cheap")]
    [Trait("Behaviour", "C-39")]
    public async Task C_39_arguments_that_make_no_sense_end_with_2_and_a_remedy(params string[] arguments)
    {
        var run = await HxopsProcess.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("hxops: error CommandLineInvalid: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nremedy: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("--json", "frobnicate")]
    [InlineData("frobnicate", "--json")]
    [InlineData("checkpoint", "list", "--frob", "--json")]
    public async Task With_json_a_usage_error_is_one_document_on_standard_output(params string[] arguments)
    {
        var run = await HxopsProcess.RunAsync(arguments);

        using var document = JsonDocument.Parse(run.Output);
        var error = document.RootElement.GetProperty("error");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("CommandLineInvalid", error.GetProperty("id").GetString());
        Assert.Equal(2, error.GetProperty("exitCode").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.GetProperty("remedy").GetString()!);
        Assert.NotEmpty(error.GetProperty("target").GetString()!);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_root_that_does_not_exist_is_not_found_rather_than_empty()
    {
        var run = await HxopsProcess.RunAsync("--root", "/nowhere/at/all", "checkpoint", "list");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("PathNotFound", run.Error, StringComparison.Ordinal);
        Assert.Contains("/nowhere/at/all", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_not_a_response_file()
    {
        var run = await HxopsProcess.RunAsync("@/etc/hostname");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'@/etc/hostname'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_every_verb_has_an_example_and_fits_80_columns()
    {
        foreach (var verb in Verbs())
        {
            var run = await HxopsProcess.RunAsync([.. verb.Split(' '), "--help"]);

            Assert.Equal(0, run.ExitCode);
            Assert.Contains($"\nExamples:\n  hxops ", run.Output, StringComparison.Ordinal);
            Assert.All(run.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        }
    }

    [Fact]
    [Trait("Behaviour", "C-39")]
    public async Task C_39_the_help_tells_the_exit_codes()
    {
        var run = await HxopsProcess.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0 done  1 failed  2 usage or bad file  3 not found  4 verification failed", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task The_version_is_the_manifests()
    {
        var run = await HxopsProcess.RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($@"ModuleVersion\s*=\s*'{Regex.Escape(run.Output.Trim())}'", Docs.Repository.Read("HxOps.psd1"));
    }

    [Fact]
    public async Task A_shell_is_told_how_a_word_can_go_on()
    {
        var run = await HxopsProcess.RunAsync("[suggest:13]", "checkpoint re");

        Assert.Superset(new HashSet<string> { "remove", "restore" }, run.Output.Split('\n').Select(line => line.Trim()).ToHashSet());
    }

    [Fact]
    public async Task A_shell_is_told_what_the_deployment_has_wherever_it_is_named()
    {
        using var practice = new PracticeFiles();
        var id = await practice.CheckpointAsync();
        practice.Write(PracticeFiles.Config, "changed: true\n");
        var restored = await practice.RunAsync("checkpoint", "restore", "--yes", "--json");
        var restore = JsonDocument.Parse(restored.Output).RootElement.GetProperty("id").GetString()!;

        Assert.Contains(id, await SuggestAsync(practice, "checkpoint compare --with gw"));
        Assert.Contains(id, await SuggestAsync(practice, "checkpoint set gw"));
        Assert.Contains(restore, await SuggestAsync(practice, "restore undo restore-"));
        Assert.Contains("smoke-log", await SuggestAsync(practice, "gateway test --probe s"));
        Assert.Contains("systemd", await SuggestAsync(practice, "checkpoint restore --component s"));
        Assert.Contains("emergency", await SuggestAsync(practice, "rollback run llm-hub --scenario "));
        Assert.Contains("unified_llm_hub", await SuggestAsync(practice, "flag set uni"));
        Assert.Empty(await SuggestAsync(practice, "--root /nowhere/at/all checkpoint compare --with gw"));
    }

    private static async Task<IReadOnlyCollection<string>> SuggestAsync(PracticeFiles practice, string line)
    {
        var whole = line.StartsWith('-') ? line : $"{string.Join(' ', practice.Globals)} {line}";
        var run = await HxopsProcess.RunAsync($"[suggest:{whole.Length}]", whole);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private static string[] Verbs() =>
    [
        "checkpoint new", "checkpoint list", "checkpoint show", "checkpoint test", "checkpoint compare", "checkpoint restore",
        "checkpoint remove", "checkpoint set", "restore list", "restore undo", "restore repair", "gateway test", "gateway log",
        "config test", "deployment list", "deployment show", "deployment test", "deployment new",
    ];
}
