using System.Text.Json;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops checkpoint, run as a script runs it.</summary>
public sealed class CheckpointCommandsTests : IDisposable
{
    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Fact]
    [Trait("Behaviour", "C-24")]
    public async Task C_24_checkpoint_new_says_what_the_kit_said()
    {
        var run = await _practice.RunAsync("checkpoint", "new", "--note", "before the update");

        Assert.True(run.ExitCode == 0, run.All);
        var archive = Assert.Single(Directory.GetFiles(_practice.Backups, "gw-checkpoint-*.tgz"));
        var stamp = Path.GetFileNameWithoutExtension(archive)["gw-checkpoint-".Length..];
        var lines = run.Output.Split('\n');
        Assert.Equal($"=== [make_checkpoint] Creating checkpoint @ {stamp} ===", lines[0]);
        Assert.Equal($"\u2705 Checkpoint created: {archive}", lines[1]);
        Assert.StartsWith("Archive contains: ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "C-57")]
    public async Task C_57_the_list_has_the_newest_first_and_fits_80_columns()
    {
        await _practice.CheckpointAsync();
        await _practice.CheckpointAsync();
        await _practice.RunAsync("checkpoint", "set", await _practice.CheckpointAsync(), "--pin", "--note", new string('n', 30) + " " + new string('m', 60));

        var list = await _practice.RunAsync("checkpoint", "list");
        var json = await _practice.RunAsync("checkpoint", "list", "--json");

        using var document = JsonDocument.Parse(json.Output);
        var ids = document.RootElement.EnumerateArray().Select(checkpoint => checkpoint.GetProperty("id").GetString()!).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
        Assert.Equal(ids, list.Output.Split('\n').Select(line => line.Split(' ')[0]).Where(word => word.StartsWith("gw-", StringComparison.Ordinal)));
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("pinned", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "C-25")]
    public async Task C_25_without_an_argument_the_newest_checkpoint_is_restored()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "model_list: []\n");
        var newest = await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "broken\n");

        var run = await _practice.RunAsync("checkpoint", "restore", "--yes", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(newest, JsonDocument.Parse(run.Output).RootElement.GetProperty("checkpoint").GetString());
        Assert.Equal("model_list: []\n", _practice.Read(PracticeFiles.Config));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "C-26")]
    public async Task C_26_an_argument_chooses_the_archive_by_id_or_path(bool byPath)
    {
        var before = _practice.Read(PracticeFiles.Config);
        var first = await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "model_list: []\n");
        await _practice.CheckpointAsync();

        var run = await _practice.RunAsync("checkpoint", "restore", byPath ? Path.Combine(_practice.Backups, first + ".tgz") : first, "--yes");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(before, _practice.Read(PracticeFiles.Config));
    }

    [Fact]
    [Trait("Behaviour", "C-59")]
    public async Task C_59_each_operation_works_alone_and_after_the_others()
    {
        Assert.Equal(0, (await _practice.RunAsync("gateway", "test")).ExitCode);
        var id = await _practice.CheckpointAsync();
        Assert.Equal(0, (await _practice.RunAsync("checkpoint", "test", id, "--drill")).ExitCode);
        _practice.Write(PracticeFiles.Script, "#!/bin/sh\nexit 1\n");
        var compared = await _practice.RunAsync("checkpoint", "compare");
        Assert.Contains("changed  " + PracticeFiles.Script, compared.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _practice.RunAsync("checkpoint", "restore", "--yes", "--no-gate")).ExitCode);
        Assert.Equal(0, (await _practice.RunAsync("gateway", "test", "--wait", "5")).ExitCode);
        Assert.Equal(0, (await _practice.RunAsync("restore", "undo", "--yes")).ExitCode);
        Assert.EndsWith("exit 1\n", _practice.Read(PracticeFiles.Script), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "C-61")]
    public async Task C_61_a_missing_required_path_is_named_with_a_remedy_and_nothing_is_written()
    {
        File.Delete(_practice.Local(PracticeFiles.Config));

        var run = await _practice.RunAsync("checkpoint", "new");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("/srv/gateway/config/config.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nremedy: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(_practice.Backups) ? Directory.GetFiles(_practice.Backups) : []);
    }

    [Fact]
    [Trait("Behaviour", "C-39")]
    public async Task C_39_a_damaged_archive_ends_with_4_and_changes_nothing()
    {
        var id = await _practice.CheckpointAsync();
        var archive = Path.Combine(_practice.Backups, id + ".tgz");
        var bytes = await File.ReadAllBytesAsync(archive);
        await File.WriteAllBytesAsync(archive, bytes[..(bytes.Length / 2)]);
        _practice.Write(PracticeFiles.Config, "broken\n");

        var run = await _practice.RunAsync("checkpoint", "restore", "--yes", "--json");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal(4, JsonDocument.Parse(run.Output).RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
        Assert.Equal("broken\n", _practice.Read(PracticeFiles.Config));
    }

    [Fact]
    [Trait("Behaviour", "C-39")]
    public async Task C_39_a_gate_that_fails_after_a_restore_ends_with_20_and_the_state_before_is_back()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "changed: true\n");
        _practice.FailSmoke();

        var run = await _practice.RunAsync("checkpoint", "restore", "--yes");

        Assert.Equal(20, run.ExitCode);
        Assert.Contains("the state before it is back", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("\nremedy: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("--no-rollback", run.Output, StringComparison.Ordinal);
        Assert.Equal("changed: true\n", _practice.Read(PracticeFiles.Config));
    }

    [Fact]
    public async Task Without_yes_and_with_nobody_to_ask_a_change_is_refused_with_5()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "changed: true\n");

        var restore = await _practice.RunAsync("checkpoint", "restore", "--json");
        var remove = await _practice.RunAsync("checkpoint", "remove", "--keep", "0");

        Assert.Equal(5, restore.ExitCode);
        Assert.Equal("NotConfirmed", JsonDocument.Parse(restore.Output).RootElement.GetProperty("error").GetProperty("id").GetString());
        Assert.Equal("changed: true\n", _practice.Read(PracticeFiles.Config));
        Assert.Equal(0, remove.ExitCode); // the newest stays whatever is asked, so there is nothing to agree to
        Assert.Single(Directory.GetFiles(_practice.Backups, "gw-checkpoint-*.tgz"));
    }

    [Theory]
    [InlineData("checkpoint", "new")]
    [InlineData("checkpoint", "restore", "--yes")]
    [InlineData("checkpoint", "remove", "--keep", "1", "--yes")]
    [InlineData("checkpoint", "set", "{id}", "--pin")]
    public async Task A_deployment_that_another_writer_holds_ends_with_10_and_says_who(params string[] arguments)
    {
        var id = await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "changed: true\n");
        using var held = _practice.Lock();

        var run = await _practice.RunAsync([.. arguments.Select(argument => argument == "{id}" ? id : argument)]);

        Assert.Equal(10, run.ExitCode);
        Assert.Contains($"{Environment.ProcessId}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint", "test", "gw-checkpoint-19990101T000000Z")]
    [InlineData("checkpoint", "restore", "/nowhere/at-all.tgz", "--yes")]
    [InlineData("checkpoint", "show")]
    [InlineData("restore", "undo", "restore-19990101T000000Z", "--yes")]
    public async Task What_does_not_exist_ends_with_3(params string[] arguments)
    {
        var run = await _practice.RunAsync([.. arguments, "--json"]);

        Assert.True(run.ExitCode == 3, run.All);
        Assert.Equal(3, JsonDocument.Parse(run.Output).RootElement.GetProperty("error").GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("checkpoint", "restore", "--what-if")]
    [InlineData("checkpoint", "restore", "--what-if", "--mirror", "--json")]
    [InlineData("checkpoint", "remove", "--keep", "1", "--what-if")]
    [InlineData("restore", "repair", "--what-if")]
    [InlineData("checkpoint", "test", "--drill")]
    [InlineData("checkpoint", "compare")]
    [InlineData("gateway", "test")]
    [InlineData("config", "test")]
    public async Task What_only_looks_changes_no_byte_and_no_time(params string[] arguments)
    {
        await _practice.CheckpointAsync();
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "model_list: []\n");
        await _practice.RunAsync("checkpoint", "list");
        var before = _practice.State();

        var run = await _practice.RunAsync(arguments);

        Assert.True(run.ExitCode is 0 or 4, run.All);
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task Restore_with_what_if_prints_the_plan_that_would_run()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "model_list: []\n");

        var run = await _practice.RunAsync("checkpoint", "restore", "--what-if");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches($"replace +{PracticeFiles.Config}", run.Output);
    }
}
