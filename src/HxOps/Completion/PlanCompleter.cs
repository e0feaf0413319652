namespace HxOps.Completion;

/// <summary>Completes the names of shipped plans.</summary>
public sealed class PlanCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) =>
        Composition.Plans().List().Select(plan => new Choice(plan.Name, plan.Description));
}
