using System.Diagnostics;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops at a terminal, where somebody can be asked and nobody answers.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Script = "/usr/bin/script";
    private const char ControlC = '\u0003';
    private const string Approval = """
              - { name: agree, budget: BUDGET, action: { do: approval, role: Technical Lead, question: "Go on" } }

        """;

    private readonly PracticeFiles _practice = new();
    private readonly PracticePlan _plan;

    public TerminalTests() => _plan = new PracticePlan(_practice);

    public void Dispose() => _practice.Dispose();

    [SkippableFact]
    public async Task A_stop_at_an_approval_takes_back_what_was_done_without_waiting_for_the_answer()
    {
        _plan.Write(PracticePlan.Step("one") + Approval.Replace("BUDGET", "60s", StringComparison.Ordinal) + PracticePlan.Step("two"));
        using var terminal = Start();
        await AnswerAsync(terminal, "Carry this out? [y/N]", "y\n");

        await AnswerAsync(terminal, "Technical Lead: Go on? [y/N]", ControlC.ToString());
        var run = await HxopsProcess.EndAsync(terminal);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal((1, 0), (_plan.Count("one"), _plan.Count("two")));
        Assert.Equal(["one"], _plan.Undone());
    }

    [SkippableFact]
    public async Task An_approval_that_nobody_gives_within_its_budget_fails()
    {
        _plan.Write(PracticePlan.Step("one") + Approval.Replace("BUDGET", "500ms", StringComparison.Ordinal) + PracticePlan.Step("two"));
        using var terminal = Start();

        await AnswerAsync(terminal, "Carry this out? [y/N]", "y\n");
        var run = await HxopsProcess.EndAsync(terminal);

        Assert.Equal(20, run.ExitCode);
        Assert.Contains("not done within its budget of 0.5 s", run.Output, StringComparison.Ordinal);
        Assert.Equal(["one"], _plan.Undone());
    }

    [SkippableFact]
    public async Task A_stop_at_the_first_question_changes_nothing()
    {
        _plan.Write(PracticePlan.Step("one"));
        var before = _practice.State();
        using var terminal = Start();

        await AnswerAsync(terminal, "Carry this out? [y/N]", ControlC.ToString());
        var run = await HxopsProcess.EndAsync(terminal);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal(before, _practice.State());
    }

    private string Typescript => _practice.Deployment + ".typescript";

    // script gives hxops a terminal of its own, and writes down what appears there.
    private Process Start()
    {
        Skip.IfNot(File.Exists(Script), $"needs {Script}");
        var command = string.Join(' ', ["env", "--default-signal=INT", "dotnet", HxopsProcess.Program, .. _practice.Globals, "rollback", "run", _plan.File]);
        return Process.Start(new ProcessStartInfo(Script, ["-q", "-e", "-f", "-c", command, Typescript])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task AnswerAsync(Process terminal, string question, string answer)
    {
        await Eventually.HoldsAsync(() => File.Exists(Typescript) && File.ReadAllText(Typescript).Contains(question, StringComparison.Ordinal), "it asks: " + question);
        await terminal.StandardInput.WriteAsync(answer);
        await terminal.StandardInput.FlushAsync();
    }
}
