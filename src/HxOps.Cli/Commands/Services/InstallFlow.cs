using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Installing;

namespace HxOps.Cli.Commands.Services;

/// <summary>From a request to its end: plan, show, ask, carry out.</summary>
internal static class InstallFlow
{
    public static async Task<ExitCode> RunAsync(Call call, InstallRequest request, bool whatIf, bool agreed, CancellationToken cancellation)
    {
        var plan = new ServicePlanner(call.Context).Plan(request);
        if (whatIf)
        {
            call.Write(plan, HxJson.Output.ServicePlan, ServiceViews.Plan);
            return ExitCode.Done;
        }

        if (!plan.IsAlreadyThere && !agreed)
        {
            foreach (var line in plan.Describe())
                call.Tell(line);
            await call.ConfirmAsync($"{request.Action} {plan.Id} as described?", plan.Id, agreed, cancellation);
        }

        var result = await new ServiceInstaller(call.Context).RunAsync(plan, call.Events, cancellation);
        call.Write(result, HxJson.Output.InstallResult, ServiceViews.Installed);
        return ExitCode.Done;
    }
}
