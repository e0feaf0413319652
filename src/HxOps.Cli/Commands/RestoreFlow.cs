using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring;

namespace HxOps.Cli.Commands;

/// <summary>From a plan to its end: show it, ask, carry it out, tell how it ended.</summary>
internal static class RestoreFlow
{
    public static async Task<ExitCode> RunAsync(Call call, RestorePlan plan, bool whatIf, bool agreed, CancellationToken cancellation)
    {
        if (whatIf)
        {
            call.Write(plan, HxJson.Output.RestorePlan, RestoreViews.Plan);
            return ExitCode.Done;
        }

        if (plan.Changes.Length > 0 && !agreed)
        {
            foreach (var line in plan.Describe())
                call.Tell(line);
            call.Confirm($"Restore {plan.Checkpoint.Id} as described?", plan.Checkpoint.Id, agreed);
        }

        call.TellSteps();
        var result = await new RestoreRunner(call.Context).RunAsync(plan, call.Events, cancellation);
        call.Write(result, HxJson.Output.RestoreResult, RestoreViews.Result);
        return result.ExitCode;
    }
}
