using System.Diagnostics;
using System.Globalization;
using HxOps.Errors;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Tools;

public sealed class ProcessRunnerTests
{
    private readonly ProcessRunner _runner = new();

    [Fact]
    public async Task Outputs_exit_code_and_elapsed_time_are_told()
    {
        var result = await _runner.RunAsync(Dummy("say", "yes", "complain", "no", "exit", "7"), default);

        Assert.Equal((7, "yes\n", "no\n"), (result.ExitCode, result.Output, result.Error));
        Assert.InRange(result.Elapsed, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        const string Hostile = "a b\t$HOME `id` ; \"' * \\ ü\n";

        var result = await _runner.RunAsync(Dummy("say", Hostile), default);

        Assert.Equal(Hostile + "\n", result.Output);
    }

    [Fact]
    public async Task Input_is_given_and_closed()
    {
        var text = new string('i', 300_000);

        var result = await _runner.RunAsync(Dummy("echo") with { Input = text }, default);

        Assert.Equal(text, result.Output);
    }

    [Fact]
    public async Task Without_input_the_program_reads_nothing_instead_of_waiting_for_a_terminal()
    {
        var result = await _runner.RunAsync(Dummy("echo", "say", "done"), default);

        Assert.Equal("done\n", result.Output);
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_ends_all_the_same()
    {
        var result = await _runner.RunAsync(Dummy("exit", "0") with { Input = new string('i', 1_000_000) }, default);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Environment_and_folder_are_set_on_top_of_the_callers()
    {
        using var folder = new ScratchFolder();
        var command = Dummy("env", "GREETING") with { Environment = new Dictionary<string, string> { ["GREETING"] = "hello" } };

        Assert.Equal("hello\n", (await _runner.RunAsync(command, default)).Output);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH") + "\n", (await _runner.RunAsync(Dummy("env", "PATH"), default)).Output);
        Assert.Equal(folder.Path + "\n", (await _runner.RunAsync(Dummy("folder") with { WorkingFolder = folder.Path }, default)).Output);
    }

    [Fact]
    public async Task A_flood_on_both_outputs_is_drained_and_bounded()
    {
        const int Most = 100_000;

        var result = await _runner.RunAsync(Dummy("flood", "50000000", "complain", "last word") with { MostOutput = Most }, default);

        Assert.True(result.Succeeded);
        Assert.True(result.IsTruncated);
        Assert.Equal(Most, result.Output.Length);
        Assert.Equal(Most, result.Error.Length);
        Assert.EndsWith("xlast word\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        var error = await Assert.ThrowsAsync<HxException>(() => _runner.RunAsync(new ToolCommand("no-such-program-here", []), default));

        Assert.Equal((ToolErrors.Missing, "no-such-program-here"), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_file_that_cannot_be_executed_is_named()
    {
        using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "text");
        await File.WriteAllTextAsync(file, "no program");

        var error = await Assert.ThrowsAsync<HxException>(() => _runner.RunAsync(new ToolCommand(file, []), default));

        Assert.Equal((ToolErrors.Missing, file), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_missing_working_folder_is_named()
    {
        var error = await Assert.ThrowsAsync<HxException>(() => _runner.RunAsync(Dummy("folder") with { WorkingFolder = "/no/such/folder" }, default));

        Assert.Equal((CommonErrors.PathNotFound, "/no/such/folder"), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_failure_tells_the_command_and_the_programs_last_words()
    {
        var error = await Assert.ThrowsAsync<HxException>(() => _runner.RunCheckedAsync(Dummy("complain", "disk on fire", "exit", "3"), default));

        Assert.Equal(ToolErrors.Failed, error.Id);
        Assert.Contains("complain \"disk on fire\" exit 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("exited with 3", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("It said: disk on fire", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_ends_a_whole_tree_that_ignores_polite_requests()
    {
        using var folder = new ScratchFolder();
        var mark = Path.Combine(folder.Path, "grandchild");
        var command = Dummy("deaf", "spawn", "deaf", "mark", mark, "sleep", "600") with { Deadline = TimeSpan.FromSeconds(1) };

        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<HxException>(() => _runner.RunAsync(command, default));

        Assert.Equal(ToolErrors.TimedOut, error.Id);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        await Eventually.HoldsAsync(() => !IsAlive(Number(File.ReadAllText(mark))), "the grandchild is gone");
    }

    [Fact]
    public async Task Giving_up_ends_the_program_and_is_told_as_such()
    {
        using var folder = new ScratchFolder();
        var mark = Path.Combine(folder.Path, "child");
        using var patience = new CancellationTokenSource();

        var run = _runner.RunAsync(Dummy("mark", mark, "sleep", "600"), patience.Token);
        await Eventually.HoldsAsync(() => File.Exists(mark) && File.ReadAllText(mark).Length > 0, "the program runs");
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.False(IsAlive(Number(await File.ReadAllTextAsync(mark))));
    }

    [Fact]
    public async Task A_grandchild_that_keeps_the_outputs_open_does_not_hold_the_caller()
    {
        var shell = new ToolCommand("/bin/sh", ["-c", "sleep 20 & echo $!"]);

        var watch = Stopwatch.StartNew();
        var result = await _runner.RunAsync(shell, default);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        using var left = Process.GetProcessById(Number(result.Output));
        left.Kill();
    }

    [Fact]
    public async Task No_zombie_and_no_descriptor_is_left()
    {
        await _runner.RunAsync(Dummy("exit", "0"), default);
        var before = OpenPipes();

        for (var i = 0; i < 20; i++)
        {
            await _runner.RunAsync(new ToolCommand("/bin/true", []), default);
        }

        await Eventually.HoldsAsync(() => OpenPipes() <= before + 8, "twenty runs leave no pipes open");
        Assert.DoesNotContain(ProcessStatus.ReadAll(), process => process.State == 'Z' && ParentOf(process.Id) == Environment.ProcessId);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ToolCommand Dummy(params string[] words) => new(DummyTool.Program, words);

    private static bool IsAlive(int processId) => ProcessStatus.Read(processId) is { IsAlive: true };

    private static int OpenPipes() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(path => new FileInfo(path).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private static int ParentOf(int processId)
    {
        try
        {
            return Number(File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
