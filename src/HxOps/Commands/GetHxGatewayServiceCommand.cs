using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Services.Operating;

namespace HxOps.Commands;

/// <summary>Get-HxGatewayService: the units of the gateway as they are.</summary>
[Cmdlet(VerbsCommon.Get, "HxGatewayService")]
[OutputType(typeof(ServiceStatus))]
public sealed class GetHxGatewayServiceCommand : HxSubjectCommand
{
    /// <summary>Names of units, with wildcards; without any, every unit of the deployment.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[] Unit { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var observer = new ServiceObserver(context);
        var known = ServiceUnits.Of(context.Deployment);
        ForEach(Unit, name =>
        {
            foreach (var unit in Names.IsPattern(name) ? Names.Matching(known, unit => unit, name) : [Run(() => ServiceUnits.Choose(context.Deployment, name))])
                Write(context, Run((_, stop) => observer.ObserveAsync(unit, stop)));
        });
    }
}
