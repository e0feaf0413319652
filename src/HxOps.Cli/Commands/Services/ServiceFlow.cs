using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>From an order to its end: show it or carry it out.</summary>
internal static class ServiceFlow
{
    public static async Task<ExitCode> RunAsync(Call call, ServiceOrder order, bool whatIf, CancellationToken cancellation)
    {
        if (whatIf)
        {
            var status = await new ServiceObserver(call.Context).ObserveAsync(order.Id, cancellation);
            call.Write(new ServicePreview(order.Id, order.Action, order.Describe(status)), HxJson.Output.ServicePreview, ServiceViews.Preview);
            return ExitCode.Done;
        }

        var result = await new ServiceOperator(call.Context).RunAsync(order, call.Events, cancellation);
        call.Write(result, HxJson.Output.ServiceResult, ServiceViews.Result);
        return ExitCode.Done;
    }
}
