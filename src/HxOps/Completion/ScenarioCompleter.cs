using System.Collections;
using HxOps.Pipeline;

namespace HxOps.Completion;

/// <summary>Completes the scenarios of a plan.</summary>
public sealed class ScenarioCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => [];

    private protected override IEnumerable<Choice> Offer(IDictionary parameters) => parameters["Plan"] is string plan
        ? Composition.Plans().Read(UserPaths.Resolve(plan, LocalPath)).Scenarios.Select(scenario => new Choice(scenario.Name, scenario.Description))
        : [];
}
