using HxOps.Errors;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Actions;

/// <summary>Runs programs. Each carries the step's mark, so that whoever resumes a killed run can end what is left of it.</summary>
internal sealed class CommandExecutor(ProcessRunner runner) : ActionExecutor<CommandAction>
{
    private const int MostOutput = 256 << 10;

    /// <summary>The command as the runner takes it.</summary>
    public static ToolCommand Command(CommandLine line, ActionScope scope) => new(Program(line, scope), line.Arguments)
    {
        WorkingFolder = scope.Locate(line.Folder),
        Input = line.Answer.Length == 0 ? null : line.Answer + "\n",
        Deadline = scope.Budget,
        MostOutput = MostOutput,
        Environment = new Dictionary<string, string> { [ActionScope.MarkVariable] = scope.MarkValue },
    };

    /// <inheritdoc/>
    protected override ActionEffect Effect(CommandAction action) => action.IsReadOnly ? ActionEffect.None : ActionEffect.Lasting;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(CommandAction action) => action.IsReadOnly ? RepeatRule.Harmless : RepeatRule.Once;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(CommandAction action, ActionScope scope, CancellationToken cancellation)
    {
        var result = await runner.RunCheckedAsync(Command(action.Command, scope), cancellation);
        if (OutputLimits.Complaint(result.Output, action.Command.Limits) is { } complaint)
        {
            throw new HxException(RunErrors.NotObserved, action.Command.Program, $"'{action.Command.Describe()}' succeeded, but {complaint}.");
        }

        var last = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return last ?? "exit code 0";
    }

    // A path with a slash is meant from the command's own folder, as a shell would take it.
    private static string Program(CommandLine line, ActionScope scope) => line.Program.Contains('/', StringComparison.Ordinal)
        ? scope.Locate(Path.Combine(line.Folder, line.Program))
        : line.Program;
}
