using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Services;

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

        if (!plan.IsIdle && !agreed)
        {
            foreach (var line in plan.Describe())
                call.Tell(line);
            await call.ConfirmAsync($"Restore {plan.Checkpoint.Id} as described?", plan.Checkpoint.Id, agreed, cancellation);
        }

        call.TellSteps();
        var result = await new RestoreRunner(call.Context).RunAsync(plan, call.Events, cancellation);
        call.Write(result, HxJson.Output.RestoreResult, RestoreViews.Result);
        if (!plan.Options.Switches.HasFlag(RestoreSwitches.NoServices))
            await TellUnitsAsync(call, plan);
        return result.ExitCode;
    }

    // What runs now is asked anew: the operator is told what is, not what was meant.
    private static async Task TellUnitsAsync(Call call, RestorePlan plan)
    {
        foreach (var unit in plan.Start)
        {
            var status = await call.Context.Services.GetAsync(unit, CancellationToken.None);
            var sign = status.Activity switch
            {
                UnitActivity.Active => Signs.Good,
                UnitActivity.Failed => Signs.Bad,
                _ => Signs.Unsure,
            };
            call.Tell($"{sign} {unit} {status.Activity.ToString().ToLowerInvariant()}");
        }
    }
}
