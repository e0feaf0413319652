using System.Collections;
using HxOps.Pipeline;
using HxOps.Rollback.Switches;

namespace HxOps.Completion;

/// <summary>Completes the flags of a plan; of all shipped plans where none is named yet.</summary>
public sealed class FlagCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) =>
        Composition.Plans().List().SelectMany(plan => PlanSwitches.Flags(plan)).Select(flag => new Choice(flag.Flag, flag.Url.AbsoluteUri));

    private protected override IEnumerable<Choice> Offer(IDictionary parameters) => parameters["Plan"] is string plan
        ? PlanSwitches.Flags(Composition.Plans().Read(UserPaths.Resolve(plan, LocalPath))).Select(flag => new Choice(flag.Flag, flag.Url.AbsoluteUri))
        : Offer("", "");
}
