using HxOps.Services.EntryPoints.History;

namespace HxOps.Completion;

/// <summary>Completes ids of entry points.</summary>
public sealed class EntryPointCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) =>
        new EntryPointHistory(Composition.Open(deployment, root)).ListIds().Select(id => new Choice(id, ""));
}
