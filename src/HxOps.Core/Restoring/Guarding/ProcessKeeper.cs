using HxOps.Restoring.Journaling;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Restoring.Guarding;

/// <summary>Starts the guard at once, in a session of its own: it waits for the time itself, whatever becomes of its starter.</summary>
internal sealed class ProcessKeeper(DeploymentContext context) : IGuardKeeper
{
    private readonly GuardCommand _command = new(context, context.Root);

    /// <inheritdoc/>
    public async Task SetAsync(string id, TimeSpan within, CancellationToken cancellation)
    {
        // By env, so that the trial has just the variables that the guard will have.
        var variables = _command.Environment.Select(variable => $"{variable.Key}={variable.Value}");
        var trial = new ToolCommand("env", ["-i", .. variables, .. _command.Trial()]) { WorkingFolder = "/", Deadline = GuardCommand.TrialLimit };
        _command.Require(await new ProcessRunner().RunAsync(trial, cancellation), id);
        var guard = _command.Guard(id);
        DetachedProcess.Start(new DetachedStart(guard[0], guard[1..], _command.Environment, new RestoreFolder(context).GuardLog(id)) { WorkingFolder = "/" });
    }

    /// <inheritdoc/>
    public Task CancelAsync(string id, CancellationToken cancellation) => Task.CompletedTask; // It looks at the journal, and ends.
}
