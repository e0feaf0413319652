using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>Finds out by which words compose is called here: <c>docker compose</c> (version 2), or the program <c>docker-compose</c>.</summary>
internal sealed class ComposeFinder(ProcessRunner runner)
{
    private static readonly ImmutableArray<string> Plugin = ["docker", "compose"];
    private static readonly ImmutableArray<string> Program = ["docker-compose"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private ImmutableArray<string> _found;

    /// <summary>The words; looked for once.</summary>
    /// <exception cref="HxException">ToolMissing: there is neither.</exception>
    public async Task<ImmutableArray<string>> FindAsync(CancellationToken cancellation)
    {
        if (_found.IsDefault)
        {
            _found = await WorksAsync(Plugin, cancellation) ? Plugin
                : await WorksAsync(Program, cancellation) ? Program
                : throw new HxException(ToolErrors.Missing, "docker compose", "Neither 'docker compose' nor 'docker-compose' works on this machine.");
        }

        return _found;
    }

    private async Task<bool> WorksAsync(ImmutableArray<string> words, CancellationToken cancellation)
    {
        try
        {
            return (await runner.RunAsync(new ToolCommand(words[0], [.. words[1..], "version", "--short"]) { Deadline = Deadline }, cancellation)).Succeeded;
        }
        catch (HxException missing) when (missing.Id == ToolErrors.Missing)
        {
            return false;
        }
    }
}
