using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops checkpoint restore --confirm-within, with the guard as a process of its own. No test waits for a moment to pass unnoticed: each sees the guard's own end.</summary>
public sealed class GuardedRestoreTests : IDisposable
{
    // A guard has nothing but time; a busy machine has not.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Fact]
    public async Task A_restore_that_nobody_confirms_is_undone_although_its_process_was_killed()
    {
        await LayAsync();
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        _practice.AddProbe(((IPEndPoint)gateway.LocalEndpoint).Port);
        using var hxops = HxopsProcess.Start(new Dictionary<string, string?>(), [.. _practice.Globals, "checkpoint", "restore", "--confirm-within", "10s", "--yes"]);
        await Eventually.HoldsAsync(() => Journal().Contains("\"type\":\"committed\"", StringComparison.Ordinal), "the files are restored", Patience);
        Assert.NotEqual("later\n", _practice.Read(PracticeFiles.Config));

        hxops.Kill(); // SIGKILL, while it asks the gate

        await Eventually.HoldsAsync(() => _practice.Read(PracticeFiles.Config) == "later\n", "the restore is undone", Patience);
        await Eventually.HoldsAsync(() => Log().Contains("was not confirmed in time, and is undone.", StringComparison.Ordinal), "the guard tells it", Patience);
        var audit = await _practice.RunAsync("audit", "list");
        Assert.Contains("restore guard", audit.Output, StringComparison.Ordinal);
        Assert.Equal("Missed", (await ListAsync())[^1].GetProperty("confirmation").GetString());
        Assert.Equal(5, (await _practice.RunAsync("restore", "confirm")).ExitCode);
    }

    [Fact]
    public async Task A_restore_that_is_confirmed_stays_and_its_guard_ends()
    {
        await LayAsync();
        var restored = await _practice.RunAsync("checkpoint", "restore", "--confirm-within", "10m", "--yes", "--json");
        Assert.True(restored.ExitCode == 0, restored.All);
        var id = JsonDocument.Parse(restored.Output).RootElement.GetProperty("id").GetString()!;
        Assert.Equal(JsonDocument.Parse(restored.Output).RootElement.GetProperty("confirmByUtc").GetString(), (await ListAsync())[0].GetProperty("confirmByUtc").GetString());
        Assert.DoesNotContain(PracticeFiles.VariableSecret, Environment(id), StringComparison.Ordinal);

        var another = await _practice.RunAsync("checkpoint", "restore", "--yes");
        Assert.Equal(5, another.ExitCode);
        Assert.Contains("error RestoreAwaitsConfirmation", another.Error, StringComparison.Ordinal);
        var before = _practice.State();
        Assert.Equal(0, (await _practice.RunAsync("restore", "confirm", "--what-if")).ExitCode);
        Assert.Equal(before, _practice.State());
        Assert.Contains("Unconfirmed", (await _practice.RunAsync("restore", "list")).Output, StringComparison.Ordinal);

        var confirmed = await _practice.RunAsync("restore", "confirm", id, "--json");

        Assert.True(confirmed.ExitCode == 0, confirmed.All);
        Assert.Equal("Confirmed", JsonDocument.Parse(confirmed.Output).RootElement.GetProperty("confirmation").GetString());
        await Eventually.HoldsAsync(() => Log().Contains("is confirmed, and stays.", StringComparison.Ordinal), "the guard ends", Patience);
        Assert.NotEqual("later\n", _practice.Read(PracticeFiles.Config));
        Assert.Equal(0, (await _practice.RunAsync("restore", "confirm")).ExitCode);
        Assert.All((await _practice.RunAsync("restore", "list")).Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task An_undo_ends_the_guard()
    {
        await LayAsync();
        Assert.Equal(0, (await _practice.RunAsync("checkpoint", "restore", "--confirm-within", "10m", "--yes")).ExitCode);

        Assert.Equal(0, (await _practice.RunAsync("restore", "undo", "--yes")).ExitCode);

        Assert.Equal("later\n", _practice.Read(PracticeFiles.Config));
        await Eventually.HoldsAsync(() => Log().Contains("needs no guard: it is undone.", StringComparison.Ordinal), "the guard ends", Patience);
        Assert.Equal(5, (await _practice.RunAsync("restore", "confirm")).ExitCode);
    }

    [Fact]
    public async Task Without_an_id_the_guard_does_what_is_overdue_as_at_boot()
    {
        await LayAsync();
        var empty = await _practice.RunAsync("restore", "guard", "--json");
        Assert.Equal((0, "[]"), (empty.ExitCode, empty.Output.Trim()));
        var id = JsonDocument.Parse((await _practice.RunAsync("checkpoint", "restore", "--confirm-within", "10s", "--yes", "--json")).Output).RootElement.GetProperty("id").GetString()!;
        foreach (var guard in Guards(id))
            Process.GetProcessById(guard).Kill(); // As a reboot does.

        var guarded = await _practice.RunAsync("restore", "guard", "--json");

        Assert.True(guarded.ExitCode == 0, guarded.All);
        Assert.Equal("later\n", _practice.Read(PracticeFiles.Config));
    }

    [Theory]
    [InlineData("5s", "ConfirmSpanUnsuitable")]
    [InlineData("2d", "ConfirmSpanUnsuitable")]
    [InlineData("5", "CommandLineInvalid")]
    public async Task A_time_that_makes_no_sense_is_a_mistake_of_usage(string span, string id)
    {
        await LayAsync();
        var before = _practice.State();

        var run = await _practice.RunAsync("checkpoint", "restore", "--confirm-within", span, "--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"error {id}", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _practice.State());
    }

    private async Task LayAsync()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "later\n");
    }

    private async Task<JsonElement[]> ListAsync() =>
        [.. JsonDocument.Parse((await _practice.RunAsync("restore", "list", "--json")).Output).RootElement.EnumerateArray()];

    /// <summary>What the guard wrote before it ended.</summary>
    private string Log() => ReadAll("guard.log");

    private string Journal() => ReadAll("journal.jsonl");

    private string ReadAll(string name) => Directory.Exists(Path.Combine(_practice.StateFolder, "restores"))
        ? string.Concat(Directory.GetFiles(Path.Combine(_practice.StateFolder, "restores"), name, SearchOption.AllDirectories).Select(File.ReadAllText))
        : "";

    private string Environment(string id) => File.ReadAllText($"/proc/{Assert.Single(Guards(id))}/environ");

    private IEnumerable<int> Guards(string id) =>
        from process in Process.GetProcesses()
        let words = Words(process.Id)
        where words.Contains(_practice.Root) && words is [.., "restore", "guard", var guarded, ""] && guarded == id
        select process.Id;

    private static string[] Words(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return []; // It has ended meanwhile.
        }
    }
}
