namespace HxOps.Completion;

/// <summary>Completes the names of deployments.</summary>
public sealed class DeploymentCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => Composition.ListDeployments(root)
        .Select(path => new Choice(Composition.NameDeployment(path, root), path));
}
