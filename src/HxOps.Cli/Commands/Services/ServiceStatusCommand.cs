using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Shows the units of the gateway as they are.</summary>
internal sealed class ServiceStatusCommand : VerbCommand
{
    private readonly Argument<string[]> _units;

    public ServiceStatusCommand(CommandHost host)
        : base(host, "status", "Show the gateway's units. With names it ends with 4 unless all of them are active.",
            "hxops service status", "hxops service status hx-gateway-ml --json")
    {
        Add(_units = ServiceArguments.Units(host, "Units to show. Default: every unit of the deployment."));
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var observer = new ServiceObserver(call.Context);
        var named = call.Get(_units) ?? [];
        var states = ImmutableArray.CreateBuilder<ServiceStatus>();
        foreach (var unit in named.Select(name => ServiceUnits.Choose(call.Context.Deployment, name)))
            states.Add(await observer.ObserveAsync(unit, cancellation));

        var shown = named.Length == 0 ? await observer.ObserveAllAsync(cancellation) : states.ToImmutable();
        call.Write(shown, HxJson.Output.ImmutableArrayServiceStatus, ServiceViews.Status);
        return states.All(status => status.Activity == UnitActivity.Active) ? ExitCode.Done : ExitCode.VerificationFailed;
    }
}
