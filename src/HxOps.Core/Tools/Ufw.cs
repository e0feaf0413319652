using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>ufw, typed: the firewall of many Debian and Ubuntu hosts. Only asked, never told.</summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class Ufw(ProcessRunner runner)
{
    private const string Active = "Status: active";

    /// <summary>Whether it is in force, and what it lets in.</summary>
    /// <exception cref="HxException">ufw is not there, or may not be asked.</exception>
    public async Task<UfwStatus> StatusAsync(CancellationToken cancellation) => Parse((await runner.RunCheckedAsync(
        new ToolCommand("ufw", ["status"]) { Environment = ImmutableDictionary<string, string>.Empty.Add("LC_ALL", "C") }, cancellation)).Output);

    /// <summary>Reads its table: <c>4010/tcp  ALLOW  Anywhere</c>, <c>4000,4010:4019/tcp  DENY  Anywhere</c>.</summary>
    internal static UfwStatus Parse(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new UfwStatus(lines.Contains(Active), [.. lines.SelectMany(Rules)]);
    }

    private static IEnumerable<UfwRule> Rules(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var verb = Array.FindIndex(words, word => word is "ALLOW" or "LIMIT" or "DENY" or "REJECT");
        return verb >= 1 && words[0].Split('/') is [var ports, ..] and ([_] or [_, "tcp"])
            ? ports.Split(',').Select(range => Rule(range.Split(':'), words[verb] is "ALLOW" or "LIMIT")).OfType<UfwRule>()
            : [];
    }

    private static UfwRule? Rule(string[] range, bool allows) =>
        Number(range[0]) is { } first && Number(range[^1]) is { } last ? new UfwRule(first, last, allows) : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What ufw says.</summary>
/// <param name="IsActive">Whether it is in force.</param>
/// <param name="Rules">Its rules for TCP ports, in order.</param>
public sealed record UfwStatus(bool IsActive, ImmutableArray<UfwRule> Rules)
{
    /// <summary>Whether a port is let in: the first rule that names it decides.</summary>
    public bool LetsIn(int port) => Rules.FirstOrDefault(rule => rule.First <= port && port <= rule.Last)?.Allows == true;
}

/// <summary>A rule of ufw for TCP ports.</summary>
/// <param name="First">The first port.</param>
/// <param name="Last">The last port.</param>
/// <param name="Allows">Whether they are let in.</param>
public sealed record UfwRule(int First, int Last, bool Allows);
