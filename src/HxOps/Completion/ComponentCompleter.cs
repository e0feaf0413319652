using HxOps.Deployments;

namespace HxOps.Completion;

/// <summary>Completes the names of components that can be restored.</summary>
public sealed class ComponentCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => Composition.Open(deployment, root).Deployment.Components
        .Where(component => component.Role == ComponentRole.State)
        .Select(component => new Choice(component.Name, string.Join(", ", component.Sources.Select(source => source.Path))));
}
