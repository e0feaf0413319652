using System.Collections.Immutable;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>From what would be done to its end: show it, ask, carry it out, tell how it ended.</summary>
internal static class RollbackFlow
{
    /// <param name="call">The call.</param>
    /// <param name="preview">What would be done; the first line says it in short.</param>
    /// <param name="target">The user's own value that it happens to.</param>
    /// <param name="agreed">Whether <c>--yes</c> was given.</param>
    /// <param name="work">Does it.</param>
    /// <param name="cancellation">Stops asking.</param>
    public static async Task<ExitCode> RunAsync(
        Call call, ImmutableArray<string> preview, string target, bool agreed, Func<IApprover, Task<RunResult>> work, CancellationToken cancellation)
    {
        if (!agreed)
        {
            foreach (var line in preview)
                call.Tell(line);
            await call.ConfirmAsync("Carry this out?", target, agreed, cancellation);
        }

        call.TellSteps();
        var result = await work(agreed ? new AgreedBeforehand(Environment.UserName) : new TerminalApprover(call));
        call.Write(result, HxJson.Output.RunResult, RollbackViews.Result);
        return result.ExitCode;
    }
}
