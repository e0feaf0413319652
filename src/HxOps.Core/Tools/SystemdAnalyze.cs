using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>systemd-analyze, typed: systemd's own opinion of a unit file before it is installed.</summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class SystemdAnalyze(ProcessRunner runner)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>What systemd has to say against a unit file; nothing when it would load it as it is.</summary>
    /// <param name="path">Path of the file; its name must be a unit's.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="HxException">systemd-analyze is not there, or failed without a word.</exception>
    public async Task<ImmutableArray<UnitComplaint>> VerifyAsync(string path, CancellationToken cancellation)
    {
        var command = new ToolCommand("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", path]) { Deadline = Deadline };
        var result = await runner.RunAsync(command, cancellation);
        var complaints = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToImmutableArray();
        return result.Succeeded || !complaints.IsEmpty
            ? complaints
            : throw new HxException(ToolErrors.Failed, command.Program, $"'{command.Display}' exited with {result.ExitCode}. It said nothing.");
    }

    /// <summary>A line of its output: <c>FILE:LINE: TEXT</c>, or a text without a place.</summary>
    internal static UnitComplaint Parse(string line)
    {
        var parts = line.Split(':', 3);
        return parts.Length == 3 && parts[0].StartsWith('/') && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new UnitComplaint(parts[0], number, parts[2].Trim())
            : new UnitComplaint(null, null, line);
    }
}

/// <summary>Something systemd has to say against a unit file.</summary>
/// <param name="File">The file, or null where it does not say.</param>
/// <param name="Line">The line, or null where it does not say.</param>
/// <param name="Text">What it says.</param>
public sealed record UnitComplaint(string? File, int? Line, string Text);
