using System.Runtime.InteropServices;
using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>A site of containers on a machine of its own, and hxops as an operator runs it there.</summary>
public abstract class DockerSite : IDisposable
{
    protected const string BaseImage = "site-base:1";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    protected DockerSite(DockerMachine machine)
    {
        Skip.IfNot(machine.Absence is null, machine.Absence);
        Machine = machine;
    }

    public DockerMachine Machine { get; }

    public PracticeFiles Files { get; } = new();

    /// <summary>The program of the services, seen in containers under the same path.</summary>
    protected static string ServiceProgram { get; } = Path.Combine(AppContext.BaseDirectory, "HxOps.SiteDouble");

    protected static string DotnetFolder { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Variables set for hxops on top of the engine's.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Carries out a scenario of a shipped plan.</summary>
    public async Task<SiteRun> RollBackAsync(string plan, string scenario, params string[] values)
    {
        var result = await HxopsAsync(["rollback", "run", plan, "--scenario", scenario, .. values.SelectMany(value => new[] { "--set", value }), "--yes", "--json"]);
        return new SiteRun(result);
    }

    /// <summary>Runs hxops in the engine's network.</summary>
    public Task<ToolResult> HxopsAsync(params string[] arguments)
    {
        var words = Machine.Inside(["dotnet", HxopsProcess.Program, "--deployment", Files.Deployment, "--root", Files.Root, .. arguments]);
        var environment = new Dictionary<string, string>(Machine.Environment);
        foreach (var (name, value) in Variables)
            environment[name] = value;
        return new ProcessRunner().RunAsync(new ToolCommand(words[0], words[1..]) { Environment = environment, Deadline = Limit }, CancellationToken.None);
    }

    /// <summary>Runs docker, which must succeed; gives its output.</summary>
    public async Task<string> DockerAsync(params string[] arguments)
    {
        var result = await Machine.DockerAsync(arguments);
        Assert.True(result.Succeeded, $"docker {string.Join(' ', arguments)}: {result.Error}");
        return result.Output.Trim();
    }

    /// <summary>Runs compose in a folder of the site, which must succeed.</summary>
    public Task<string> ComposeAsync(string hostFolder, params string[] arguments) => DockerAsync(["compose", "--project-directory", Files.Local(hostFolder), .. arguments]);

    /// <summary>Waits until an address of the engine's network answers so.</summary>
    public Task AnswersAsync(string url, string words) =>
        Eventually.HoldsAsync(() => Machine.GetAsync(url).GetAwaiter().GetResult()?.Contains(words, StringComparison.Ordinal) == true, $"{url} answers {words}");

    /// <summary>The keys that every service of a compose file here needs.</summary>
    protected static string Service(string kind, int port) => $$"""
            command: ['{{ServiceProgram}}', {{kind}}, '{{port}}']
            volumes: [{{DockerMachine.Programs}}]
            ports: ['{{port}}:{{port}}']
            stop_grace_period: 5s
            healthcheck: { test: ['CMD', '{{DummyTool.Program}}', get, 'http://127.0.0.1:{{port}}/{{(kind == "hub" ? "version" : "healthz")}}'], interval: 1s, timeout: 5s, retries: 30 }
        """;

    public void Dispose()
    {
        Bash.Run("/", $"export {string.Join(' ', Machine.Environment.Select(variable => $"{variable.Key}='{variable.Value}'"))}; docker ps -aq | xargs -r docker rm -fv > /dev/null; docker volume ls -q | xargs -r docker volume rm > /dev/null; docker network prune -f > /dev/null");
        Files.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What hxops said about a run.</summary>
public sealed class SiteRun
{
    public SiteRun(ToolResult result)
    {
        All = result.Output + result.Error;
        ExitCode = result.ExitCode;
        Document = result.Output.StartsWith('{') ? JsonDocument.Parse(result.Output).RootElement : default;
    }

    public int ExitCode { get; }

    public string All { get; }

    public JsonElement Document { get; }

    public string Folder => Document.GetProperty("folder").GetString()!;

    /// <summary>What was found in a step.</summary>
    public string Finding(string step) => Step(step).GetProperty("finding").GetString()!;

    /// <summary>How a step ended.</summary>
    public string State(string step) => Step(step).GetProperty("state").GetString()!;

    /// <summary>How often a step was tried, both ways together.</summary>
    public int Attempts(string step) => Step(step).GetProperty("attempts").GetInt32();

    /// <summary>How long a step took, in seconds.</summary>
    public double Seconds(string step) => Step(step).GetProperty("elapsed").GetDouble();

    private JsonElement Step(string name) => Document.GetProperty("steps").EnumerateArray().First(step => step.GetProperty("id").GetString() == name);
}
