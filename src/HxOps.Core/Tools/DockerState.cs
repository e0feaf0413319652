using HxOps.Errors;

namespace HxOps.Tools;

/// <summary>Reads what containers do. Changes nothing.</summary>
/// <param name="runner">Runs programs.</param>
/// <param name="deadline">The longest that one call may take.</param>
internal sealed class DockerState(ProcessRunner runner, TimeSpan deadline)
{
    private const int MostOutput = 1 << 20;

    /// <summary>The containers of a compose project, all of them, as compose lists them.</summary>
    public Task<string> ListAsync(string folder, IEnumerable<string> files, CancellationToken cancellation) =>
        ReadAsync(folder, ["compose", .. Files(files), "ps", "--all"], cancellation);

    /// <summary>The last lines that a compose project logged.</summary>
    public Task<string> LogsAsync(string folder, IEnumerable<string> files, int tail, CancellationToken cancellation) =>
        ReadAsync(folder, ["compose", .. Files(files), "logs", "--no-color", "--timestamps", "--tail", tail.ToString(System.Globalization.CultureInfo.InvariantCulture)], cancellation);

    /// <summary>What the running containers use, once.</summary>
    public Task<string> StatsAsync(CancellationToken cancellation) => ReadAsync("/", ["stats", "--no-stream"], cancellation);

    private static IEnumerable<string> Files(IEnumerable<string> files) => files.SelectMany(file => new[] { "-f", file });

    private async Task<string> ReadAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw new HxException(CommonErrors.PathNotFound, folder, $"There is no folder {folder}.");
        }

        var command = new ToolCommand("docker", arguments) { WorkingFolder = folder, Deadline = deadline, MostOutput = MostOutput };
        return (await runner.RunCheckedAsync(command, cancellation)).Output;
    }
}
