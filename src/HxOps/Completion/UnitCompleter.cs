using HxOps.Services.Operating;

namespace HxOps.Completion;

/// <summary>Completes the names of the deployment's units.</summary>
public sealed class UnitCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) =>
        ServiceUnits.Of(Composition.Open(deployment, root).Deployment).Select(unit => new Choice(unit, unit));
}
