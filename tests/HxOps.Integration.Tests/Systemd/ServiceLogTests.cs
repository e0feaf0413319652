using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>hxops service logs on a machine with a real journal.</summary>
[Collection(GatewayHostGroup.Name)]
public sealed class ServiceLogTests(GatewayHost host) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (host.Machine.Absence is not null)
            return;

        await host.ClearAsync();
        Assert.Equal(0, (await host.RunAsync("service", "install", "--start", "--yes")).ExitCode);
    }

    public Task DisposeAsync() => host.Machine.Absence is null ? host.ClearAsync() : Task.CompletedTask;

    [SkippableFact]
    [Trait("Behaviour", "S-30"), Trait("Behaviour", "S-47")]
    public async Task S_30_S_47_starts_errors_and_requests_are_found_by_topic_priority_and_pattern()
    {
        host.Require();
        foreach (var path in new[] { "/v1/models", "/v1/chat/completions", "/healthz" })
            await host.AskAsync("curl", "-s", "http://127.0.0.1:4010" + path);
        host.Machine.WriteUnit("hx-gateway-smoke.service", "[Service]\nType=oneshot\nExecStart=/bin/sh -c \"echo '<3>Exception: bad'; echo '<6>it Failed softly'; echo '<4>all well'\"\n");
        await host.AskAsync("systemctl", "daemon-reload");
        await host.AskAsync("systemctl", "start", "hx-gateway-smoke.service");
        while (!(await TextsAsync("hx-gateway-smoke.service")).Contains("all well"))
        {
        }


        var starts = await TextsAsync("--topic", "starts");
        var requests = await TextsAsync("--topic", "requests");
        var errors = await TextsAsync("hx-gateway-smoke.service", "--topic", "errors");
        var bad = await TextsAsync("hx-gateway-smoke.service", "--priority", "err");
        var well = await TextsAsync("hx-gateway-smoke.service", "--pattern", "^all w..l$");
        var invalid = await host.RunAsync("service", "logs", "--pattern", "(");

        Assert.Contains(starts, text => text.StartsWith("Started server process", StringComparison.Ordinal));
        Assert.Equal(["GET /v1/models", "GET /v1/chat/completions"], requests);
        Assert.Equal(["Exception: bad", "it Failed softly"], errors);
        Assert.Equal(["Exception: bad"], bad);
        Assert.Equal(["all well"], well);
        Assert.Equal(2, invalid.ExitCode);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-23")]
    public async Task S_23_the_journal_is_followed_until_it_is_stopped_and_journalctl_is_gone_then()
    {
        host.Require();
        var context = host.Open();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new LogReader(context).FollowAsync(new LogRequest { Units = [GatewayHost.Unit] }, stop.Token).GetAsyncEnumerator(stop.Token);
        while (await lines.MoveNextAsync() && !lines.Current.Text.StartsWith("Started server", StringComparison.Ordinal))
        {
        }

        await host.AskAsync("curl", "-s", "http://127.0.0.1:4010/v1/models");
        while (await lines.MoveNextAsync() && lines.Current.Text != "GET /v1/models")
        {
        }

        await lines.DisposeAsync();

        Assert.False(stop.IsCancellationRequested);
        await Eventually.HoldsAsync(() => host.AskAsync("pgrep", "-x", "journalctl").GetAwaiter().GetResult().Length == 0, "journalctl has ended");
    }

    [SkippableFact]
    [Trait("Behaviour", "S-23")]
    public async Task S_23_a_signal_ends_following_and_each_line_is_one_document_without_a_key()
    {
        host.Require();
        var command = new ToolCommand("timeout", ["--signal=INT", "4", "env", "--default-signal=INT", "dotnet", HxopsProcess.Program, "service", "logs", "--follow", "--json"]);

        var result = await host.Machine.Runner.RunAsync(command, default);

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(GatewayHost.Unit, JsonDocument.Parse(line).RootElement.GetProperty("unit").GetString()));
        Assert.Contains(lines, line => line.Contains("key is [redacted]", StringComparison.Ordinal));
        Assert.DoesNotContain(GatewayHost.Key, result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    private async Task<List<string>> TextsAsync(params string[] arguments)
    {
        var run = await host.RunAsync(["service", "logs", "--json", .. arguments]);
        return [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Select(line => line.GetProperty("text").GetString()!)];
    }
}
