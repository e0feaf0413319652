using System.Collections.Immutable;
using System.Globalization;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>One compose project.</summary>
/// <param name="runner">Runs programs.</param>
/// <param name="words">By which words compose is called: see <see cref="ComposeFinder"/>.</param>
/// <param name="folder">The project's local folder.</param>
/// <param name="files">Its compose files below that folder; none means what compose finds by itself.</param>
/// <param name="environment">Variables for compose besides the caller's.</param>
/// <param name="deadline">The longest that one call may take.</param>
internal sealed class DockerCompose(
    ProcessRunner runner, ImmutableArray<string> words, string folder, ImmutableArray<string> files, IReadOnlyDictionary<string, string> environment, TimeSpan deadline)
{
    private const int MostOutput = 16 << 20;

    /// <summary>The names by which compose finds a file by itself, the first one that exists.</summary>
    public static ImmutableArray<string> UsualFiles { get; } = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <summary>The names of the file that compose puts over it, where it finds one.</summary>
    public static ImmutableArray<string> UsualOverrides { get; } = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary>The local paths of its compose files.</summary>
    public ImmutableArray<string> Files => files.IsEmpty
        ? [.. UsualFiles.Select(name => Path.Combine(folder, name)).Where(File.Exists).Take(1)]
        : [.. files.Select(name => Path.GetFullPath(Path.Combine(folder, name)))];

    /// <summary>Creates what is missing or has changed, and starts it.</summary>
    public Task UpAsync(ImmutableArray<string> services, CancellationToken cancellation) => CheckedAsync(["up", "--detach", .. services], cancellation);

    /// <summary>Makes new containers, whatever the present ones are like; only then do they get the present environment.</summary>
    public Task RecreateAsync(ImmutableArray<string> services, TimeSpan? grace, CancellationToken cancellation) =>
        CheckedAsync(["up", "--detach", "--force-recreate", "--no-deps", .. Grace(grace), .. services], cancellation);

    /// <summary>Stops containers and starts the same ones again, with the environment that they were created with.</summary>
    public Task RestartAsync(ImmutableArray<string> services, TimeSpan? grace, CancellationToken cancellation) => CheckedAsync(["restart", .. Grace(grace), .. services], cancellation);

    /// <summary>Stops containers.</summary>
    public Task StopAsync(ImmutableArray<string> services, TimeSpan? grace, CancellationToken cancellation) => CheckedAsync(["stop", .. Grace(grace), .. services], cancellation);

    /// <summary>Stops and removes containers and networks; volumes stay.</summary>
    public Task DownAsync(TimeSpan? grace, CancellationToken cancellation) => CheckedAsync(["down", .. Grace(grace)], cancellation);

    /// <summary>Builds images.</summary>
    public Task BuildAsync(ImmutableArray<string> services, CancellationToken cancellation) => CheckedAsync(["build", .. services], cancellation);

    /// <summary>What compose makes of its files and environment files: YAML with every secret in it.</summary>
    public Task<string> ConfigurationAsync(CancellationToken cancellation) => CheckedAsync(["config"], cancellation);

    /// <summary>The same if its first file had another text.</summary>
    public Task<string> ConfigurationAsync(string firstText, CancellationToken cancellation)
    {
        // Named files replace those that compose finds by itself, the one that overrides among them.
        var others = files.IsEmpty ? Overrides() : files[1..];
        ImmutableArray<string> arguments = ["--project-directory", Path.GetDirectoryName(Files[0])!, "--file", "-", .. others.SelectMany(file => new[] { "--file", file }), "config"];
        return RunAsync(arguments, firstText, cancellation);
    }

    /// <summary>The table of containers that compose prints for people.</summary>
    public Task<string> TableAsync(CancellationToken cancellation) => CheckedAsync(["ps", "--all"], cancellation);

    /// <summary>Ids of the containers of some services, or of all; those that do not run as well.</summary>
    public async Task<ImmutableArray<string>> ContainersAsync(ImmutableArray<string> services, CancellationToken cancellation) =>
        [.. (await CheckedAsync(["ps", "--all", "--quiet", .. services], cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The images that the project's services are made from.</summary>
    public async Task<ImmutableArray<string>> ImagesAsync(CancellationToken cancellation) =>
        [.. (await CheckedAsync(["config", "--images"], cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The last lines that some services have written, or all; they may hold secrets.</summary>
    public Task<string> LogsAsync(ImmutableArray<string> services, int lines, CancellationToken cancellation) =>
        CheckedAsync(["logs", "--no-color", "--tail", lines.ToString(CultureInfo.InvariantCulture), .. services], cancellation);

    private static ImmutableArray<string> Grace(TimeSpan? grace) =>
        grace is { } time ? ["--timeout", ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture)] : [];

    private IEnumerable<string> Overrides() => UsualOverrides.Select(name => Path.Combine(folder, name)).Where(File.Exists).Take(1);

    private Task<string> CheckedAsync(ImmutableArray<string> arguments, CancellationToken cancellation) =>
        RunAsync([.. files.SelectMany(file => new[] { "--file", file }), .. arguments], null, cancellation);

    private async Task<string> RunAsync(ImmutableArray<string> arguments, string? input, CancellationToken cancellation)
    {
        var command = new ToolCommand(words[0], [.. words[1..], "--ansi", "never", .. arguments])
        {
            Input = input,
            WorkingFolder = folder,
            Deadline = deadline,
            MostOutput = MostOutput,
            Environment = new Dictionary<string, string>(environment) { ["BUILDKIT_PROGRESS"] = "plain", ["COMPOSE_MENU"] = "false" },
        };
        return (await runner.RunCheckedAsync(command, cancellation)).Output;
    }
}
