using System.Diagnostics;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>What hxops does when nobody can read what it writes: the log's disk is full, or the stream is closed.</summary>
public sealed class LostOutputTests : IDisposable
{
    private const string ToFullDisk = "> /dev/full";
    private const string ToNowhere = ">&-";

    private readonly PracticeFiles _practice = new();

    public void Dispose() => _practice.Dispose();

    [Theory]
    [InlineData(ToFullDisk)]
    [InlineData(ToNowhere)]
    public async Task A_restore_goes_on_to_its_end_and_is_no_success(string redirection)
    {
        Assert.Equal(0, (await _practice.RunAsync("checkpoint", "new")).ExitCode);
        var before = _practice.Read(PracticeFiles.Config);
        _practice.Write(PracticeFiles.Config, "later\n");

        var run = await RunAsync(redirection, [.. _practice.Globals, "checkpoint", "restore", "--yes"]);

        Assert.Equal(before, _practice.Read(PracticeFiles.Config));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error OutputLost: The output of the command could not be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("remedy: What the command did stands", run.Error, StringComparison.Ordinal);
        Assert.Contains("Restored", (await _practice.RunAsync("restore", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_goes_on_when_nothing_at_all_can_be_written()
    {
        Assert.Equal(0, (await _practice.RunAsync("checkpoint", "new")).ExitCode);
        var before = _practice.Read(PracticeFiles.Config);
        _practice.Write(PracticeFiles.Config, "later\n");

        var run = await RunAsync("> /dev/full 2> /dev/full", [.. _practice.Globals, "checkpoint", "restore", "--yes"]);

        Assert.Equal(before, _practice.Read(PracticeFiles.Config));
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("checkpoint", "new", "--help")]
    public async Task Help_ends_with_an_error(params string[] arguments)
    {
        var run = await RunAsync(ToFullDisk, arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error OutputLost", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_keeps_its_own_exit_code()
    {
        var run = await RunAsync(ToFullDisk, [.. _practice.Globals, "checkpoint", "test", "gw-checkpoint-20200101T000000Z", "--json"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("error OutputLost", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_for_temporary_files_that_is_not_there_is_named()
    {
        var run = await HxopsProcess.RunAsync(new Dictionary<string, string?> { ["TMPDIR"] = "/nowhere" }, "demo");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("error PathNotFound: Cannot make a folder in /nowhere/", run.Error, StringComparison.Ordinal);
    }

    private static async Task<HxopsRun> RunAsync(string redirection, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$0\" \"$@\" {redirection}", HxopsProcess.Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("HXOPS_DEPLOYMENT");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return await HxopsProcess.EndAsync(process);
    }
}
