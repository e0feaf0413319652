namespace HxOps.Completion;

/// <summary>Completes the names of probes.</summary>
public sealed class ProbeCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => Composition.Open(deployment, root).Deployment.Probes
        .Select(probe => new Choice(probe.Name, $"{probe.Importance}, {probe.Layer}, {probe.Kind}"));
}
