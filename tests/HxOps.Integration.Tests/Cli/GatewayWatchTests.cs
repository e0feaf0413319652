using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops gateway watch, while the gateway goes down and comes back.</summary>
public sealed class GatewayWatchTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private readonly PracticeFiles _practice = new();
    private readonly int _port = FreePort.Take();
    private GatewayDouble? _gateway;

    public GatewayWatchTests() => _practice.AddProbe(_port);

    public void Dispose()
    {
        _gateway?.Dispose();
        _practice.Dispose();
    }

    [Fact]
    public async Task Each_change_is_told_when_it_is_seen_and_a_signal_ends_the_watch()
    {
        Come();
        using var watch = Start("gateway", "watch", "--interval", "1s", "--on-change");

        var first = await LineAsync(watch);
        _gateway!.Dispose();
        var down = await LineAsync(watch);
        Come();
        var back = await LineAsync(watch);
        await InterruptAsync(watch);
        var run = await HxopsProcess.EndAsync(watch);

        Assert.Matches(@"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ \u2705 Healthy$", first);
        Assert.EndsWith("Z \u274c Unhealthy: health: connection refused", Regex.Replace(down, "refused.*", "refused"), StringComparison.Ordinal);
        Assert.EndsWith("Z \u2705 Healthy: health: recovered", back, StringComparison.Ordinal);
        Assert.Equal((130, ""), (run.ExitCode, run.All));
    }

    [Fact]
    public async Task The_wanted_verdict_ends_the_watch_and_its_absence_is_a_failure_with_4()
    {
        var seen = await _practice.RunAsync("gateway", "watch", "--until", "unhealthy");
        var missed = await _practice.RunAsync("gateway", "watch", "--until", "healthy", "--for", "1s");

        Assert.Equal((0, 1), (seen.ExitCode, seen.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(4, missed.ExitCode);
        Assert.Contains("hxops: error VerdictNotSeen: The gateway practice was not Healthy within 1 s; at last it was Unhealthy: health: ", missed.Error, StringComparison.Ordinal);
        Assert.Contains("remedy: ", missed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_all_looks_are_one_document_however_the_watch_ends()
    {
        var seen = await _practice.RunAsync("gateway", "watch", "--until", "unhealthy", "--json");
        var missed = await _practice.RunAsync("gateway", "watch", "--until", "healthy", "--interval", "1s", "--for", "2s", "--json");
        Come();
        using var watch = Start("--json", "gateway", "watch", "--interval", "1s");
        await Eventually.HoldsAsync(() => _gateway!.Received.Count > 1, "the second look has begun");
        await InterruptAsync(watch);
        var stopped = await HxopsProcess.EndAsync(watch);

        Assert.Equal([0, 4, 130], new[] { seen, missed, stopped }.Select(run => run.ExitCode));
        Assert.Equal("Unhealthy", Assert.Single(Looks(seen)).GetProperty("verdict").GetString());
        Assert.Equal([true, false], Looks(missed).Take(2).Select(look => look.GetProperty("isChange").GetBoolean()));
        Assert.Equal("health", Looks(missed)[0].GetProperty("failing")[0].GetProperty("id").GetString());
        Assert.Equal("Healthy", Looks(stopped)[0].GetProperty("verdict").GetString());
        Assert.Equal("", seen.Error + missed.Error + stopped.Error);
    }

    [Theory]
    [InlineData("WatchIntervalInvalid", "--interval", "0s")]
    [InlineData("ProbeNotFound", "--probe", "helth")]
    [InlineData("CommandLineInvalid", "--until", "well")]
    [InlineData("CommandLineInvalid", "--for", "5")]
    public async Task What_cannot_be_watched_is_refused_at_once(string id, params string[] arguments)
    {
        var run = await _practice.RunAsync(["gateway", "watch", "--json", .. arguments]);

        Assert.Equal(id, JsonDocument.Parse(run.Output).RootElement.GetProperty("error").GetProperty("id").GetString());
        Assert.Contains(run.ExitCode, new[] { 2, 3 });
    }

    private void Come() => _gateway = new GatewayDouble(new IPEndPoint(IPAddress.Loopback, _port));

    private Process Start(params string[] arguments)
    {
        var process = HxopsProcess.Start(new Dictionary<string, string?>(), [.. _practice.Globals, .. arguments]);
        process.StandardInput.Close();
        return process;
    }

    private static async Task<string> LineAsync(Process process)
    {
        using var limit = new CancellationTokenSource(s_limit);
        return await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(limit.Token));
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static List<JsonElement> Looks(HxopsRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
}
