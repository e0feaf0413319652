using System.CommandLine;
using System.Text.Json;
using HxOps.Cli;
using HxOps.Cli.Commands;
using HxOps.Codecs;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>What --what-if promises: what would happen is said, and no byte and no time stamp changes.</summary>
public sealed class PreviewTests : IDisposable
{
    /// <summary>Verbs that change nothing; restore guard is the answer of a timer, and what demo changes is its own.</summary>
    private static readonly HashSet<string> Reading =
    [
        "list", "show", "compare", "log", "logs", "status", "get", "watch", "measure", "decide", "guard", "stand-in",
        "demo", "checkpoint test", "gateway test", "config test", "plan test", "audit test", "demo new", "demo end", "demo gateway",
    ];

    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Fact]
    public void Every_verb_that_changes_something_can_be_previewed()
    {
        var without = Verbs()
            .Where(verb => !Reading.Contains(verb.Name) && !Reading.Contains(PathOf(verb)))
            .Where(verb => verb.Options.All(option => option.Name != "--what-if"))
            .Select(PathOf);

        Assert.Empty(without);
    }

    [Fact]
    public void An_option_means_the_same_wherever_it_is_taken()
    {
        foreach (var options in Verbs().SelectMany(verb => verb.Options).GroupBy(option => option.Name))
            Assert.True(options.Select(option => (option.ValueType, Aliases: string.Join(' ', option.Aliases))).Distinct().Count() == 1, options.Key);
    }

    [Fact]
    public async Task What_would_be_said_about_a_checkpoint_is_told_and_nothing_is_written()
    {
        var id = await _practice.CheckpointAsync();
        var before = _practice.State();

        var preview = await _practice.RunAsync("checkpoint", "set", "--pin", "--note", "ran a week", "--what-if");
        var json = await _practice.RunAsync("checkpoint", "set", id, "--known-good", "--what-if", "--json");
        var elsewhere = await _practice.RunAsync("checkpoint", "set", Copy(id), "--pin", "--what-if");

        Assert.True(preview.ExitCode == 0, preview.All);
        Assert.Equal([$"change what is said about {id}", "- pin it", "- note: ran a week"], preview.Output.TrimEnd().Split('\n'));
        Assert.Equal([$"change what is said about {id}", "- declare it good"], JsonSerializer.Deserialize<string[]>(json.Output)!);
        Assert.Equal(3, elsewhere.ExitCode);
        Assert.Equal(before, _practice.State());
    }

    [Fact]
    public async Task Without_a_name_the_newest_checkpoint_is_annotated()
    {
        await _practice.CheckpointAsync();
        var newest = await _practice.CheckpointAsync();

        var run = await _practice.RunAsync("checkpoint", "set", "--pin", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var set = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((newest, true), (set.GetProperty("id").GetString(), set.GetProperty("isPinned").GetBoolean()));
    }

    [Fact]
    public async Task What_a_new_deployment_file_would_be_is_told_and_fails_where_the_writing_would()
    {
        var path = Path.Combine(Path.GetDirectoryName(_practice.Deployment)!, "new.yaml");

        var preview = await HxopsProcess.RunAsync("deployment", "new", path, "--name", "another", "--folder", "/opt/another", "--what-if");
        var exists = await HxopsProcess.RunAsync("deployment", "new", _practice.Deployment, "--name", "another", "--folder", "/opt/another", "--what-if");
        var bad = await HxopsProcess.RunAsync("deployment", "new", path, "--name", "another", "--folder", "opt/relative", "--what-if");

        Assert.True(preview.ExitCode == 0, preview.All);
        Assert.Equal([$"write {path}", "a deployment called another in /opt/another"], preview.Output.TrimEnd().Split('\n'));
        Assert.Equal((5, 2), (exists.ExitCode, bad.ExitCode));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task With_json_the_preview_of_a_repair_is_the_document()
    {
        await File.AppendAllTextAsync(_practice.Deployment, ServiceWithProcedure);

        var run = await _practice.RunAsync("deployment", "test", "--fix", "port", "--what-if", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Empty(JsonSerializer.Deserialize<string[]>(run.Output)!);
    }

    [Fact]
    public async Task Where_the_procedure_would_be_written_is_told_and_nothing_is_written()
    {
        _practice.Write("/etc/systemd/system/practice.service", "[Service]\nExecStart=/bin/sleep 500\n");
        await File.AppendAllTextAsync(_practice.Deployment, ServiceWithProcedure);
        await _practice.CheckpointAsync();
        _practice.Write("/etc/systemd/system/practice.service", "[Service]\nExecStart=/bin/sleep 600\n");
        _practice.Write("/srv/gateway/docs/service.md", "# The service\n");
        var before = _practice.State();

        var preview = await _practice.RunAsync("entrypoint", "document", "--in-place", "--what-if");
        var json = await _practice.RunAsync("entrypoint", "document", "--in-place", "--what-if", "--json");

        Assert.True(preview.ExitCode == 0, preview.All);
        Assert.Contains("/srv/gateway/docs/service.md would get the procedure", preview.Output, StringComparison.Ordinal);
        Assert.Contains("ExecStart=/bin/sleep 500", JsonDocument.Parse(json.Output).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, _practice.State());

        var written = await _practice.RunAsync("entrypoint", "document", "--in-place");
        Assert.True(written.ExitCode == 0, written.All);
        Assert.Contains("ExecStart=/bin/sleep 500", _practice.Read("/srv/gateway/docs/service.md"), StringComparison.Ordinal);
    }

    private string Copy(string id)
    {
        var copy = Path.Combine(Path.GetDirectoryName(_practice.Deployment)!, "gw-checkpoint-20010101T000000Z.tgz");
        File.Copy(Path.Combine(_practice.Backups, id + ".tgz"), copy);
        return copy;
    }

    private static IEnumerable<VerbCommand> Verbs()
    {
        var host = new CommandHost(new Terminal(), new GlobalOptions(), new DeploymentOpener(CodecFactory.Create(), AppContext.BaseDirectory, AppContext.BaseDirectory));
        return Below(CommandTree.Build(host)).OfType<VerbCommand>();
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(inner => Below(inner).Prepend(inner));

    private static string PathOf(Command verb) => $"{verb.Parents.OfType<Command>().Single().Name} {verb.Name}";

    private const string ServiceWithProcedure = """

        service:
          unit: practice.service
          description: practice
          command: [/bin/true]
          workingFolder: /
          port: 4010
          account: { user: root, group: root }
          environment: { file: /etc/practice.env, group: root }
          entryPoints:
            - { name: pipeline, match: "600" }
            - { name: litellm, match: "500" }
          procedure: { task: T-1, title: Go back, priority: Low, assignedTo: Operators, due: 2025-09-04, created: 2025-08-21, document: docs/service.md }
        """;
}
