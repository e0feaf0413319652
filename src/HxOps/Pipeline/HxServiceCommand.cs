using System.Management.Automation;
using HxOps.Completion;
using HxOps.Services.Operating;

namespace HxOps.Pipeline;

/// <summary>A command that starts or stops units of the gateway.</summary>
public abstract class HxServiceCommand : HxSubjectCommand
{
    /// <summary>Names of units; without any, the service that the deployment file describes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[]? Unit { get; set; }

    /// <summary>The longest wait; without it, the limit of the deployment file and a little more.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>What is to be done with each unit.</summary>
    private protected abstract ServiceAction Action { get; }

    /// <summary>Whether the service is asked for its health.</summary>
    private protected virtual HealthWish Health => HealthWish.Skip;

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        if (Unit is null)
            CarryOut(context, null);
        else
            ForEach(Unit, unit => CarryOut(context, unit));
    }

    private void CarryOut(DeploymentContext context, string? unit)
    {
        var order = Run(() => ServiceOrder.For(context.Deployment, unit, Action, Timeout)) with { Health = Health };
        var status = Run((_, stop) => new ServiceObserver(context).ObserveAsync(order.Id, stop));
        if (Agree($"{Action} {order.Id}", order.Describe(status)))
            Write(context, Run((events, stop) => new ServiceOperator(context).RunAsync(order, events, stop)));
    }
}
