using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops gateway, config and deployment, run as a script runs them.</summary>
public sealed class GatewayCommandsTests : IDisposable
{
    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Fact]
    [Trait("Behaviour", "C-47")]
    public async Task C_47_gateway_test_says_what_the_kits_validation_said()
    {
        var run = await _practice.RunAsync("gateway", "test");

        Assert.True(run.ExitCode == 0, run.All);
        var lines = run.Output.Split('\n');
        Assert.Equal("=== [validate_restore] Quick probes ===", lines[0]);
        Assert.Contains("--> last smoke log", lines);
        Assert.Contains("all probes passed", lines);
        Assert.Contains("\u2705 Validation complete.", lines);
    }

    [Fact]
    [Trait("Behaviour", "C-61")]
    public async Task C_61_a_gateway_that_is_not_healthy_ends_with_4_and_names_the_probe()
    {
        _practice.FailSmoke();

        var run = await _practice.RunAsync("gateway", "test");
        var json = await _practice.RunAsync("gateway", "test", "--json");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("\u274c Validation failed: smoke-log.", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, json.ExitCode);
        Assert.Equal("Unhealthy", JsonDocument.Parse(json.Output).RootElement.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [Trait("Behaviour", "C-39")]
    public async Task C_39_a_signal_ends_with_130(string signal)
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        _practice.AddProbe(((IPEndPoint)gateway.LocalEndpoint).Port);
        using var process = HxopsProcess.Start(new Dictionary<string, string?>(), [.. _practice.Globals, "--json", "gateway", "test"]);
        process.StandardInput.Close();
        using var asked = await gateway.AcceptTcpClientAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

        using (var kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var run = await HxopsProcess.EndAsync(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal("Stopped", JsonDocument.Parse(run.Output).RootElement.GetProperty("error").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Options_for_all_commands_are_taken_before_and_behind_the_noun()
    {
        var before = await HxopsProcess.RunAsync([.. _practice.Globals, "--json", "deployment", "show"]);
        var behind = await HxopsProcess.RunAsync(["deployment", "show", "--json", .. _practice.Globals]);

        Assert.Equal(0, before.ExitCode);
        Assert.Equal(before, behind);
        Assert.Equal("practice", JsonDocument.Parse(before.Output).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_unknown_key_of_a_deployment_file_ends_with_2_and_names_file_and_line()
    {
        await File.AppendAllTextAsync(_practice.Deployment, "\nprobez: []\n");

        var run = await _practice.RunAsync("deployment", "show");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(_practice.Deployment + ":", run.Error, StringComparison.Ordinal);
        Assert.Contains("probes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_deployment_file_is_read_back_and_never_replaces_one()
    {
        var path = Path.Combine(Path.GetDirectoryName(_practice.Deployment)!, "new.yaml");

        var written = await HxopsProcess.RunAsync("deployment", "new", path, "--name", "another", "--folder", "/opt/another", "--json");
        var again = await HxopsProcess.RunAsync("deployment", "new", path, "--name", "third", "--folder", "/opt/third");
        var bad = await HxopsProcess.RunAsync("deployment", "new", path + "2", "--name", "fourth", "--folder", "opt/relative");

        Assert.True(written.ExitCode == 0, written.All);
        var summary = JsonDocument.Parse(written.Output).RootElement;
        Assert.Equal("another", summary.GetProperty("id").GetString());
        Assert.Equal("/opt/another/gateway/backups", summary.GetProperty("backups").GetString());
        Assert.Equal(5, again.ExitCode);
        Assert.Equal(2, bad.ExitCode);
        Assert.False(File.Exists(path + "2"));
        Assert.Contains("\"another\"", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }
}
