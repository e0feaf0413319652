using System.Collections.Immutable;
using HxOps.Deployments;

namespace HxOps.Checkpoints.Sources;

/// <summary>
/// The components of a deployment as a restore may change them. An archive can hold any match of a source that takes only the newest, so
/// what shall bring the state before back has to hold all of them.
/// </summary>
internal static class RestorableComponents
{
    /// <summary>All components; those with state take every match of their sources.</summary>
    internal static ImmutableArray<Component> Of(Deployment deployment) =>
        [.. deployment.Components.Select(component => component.Role == ComponentRole.State ? Whole(component) : component)];

    private static Component Whole(Component component) => component with { Sources = [.. component.Sources.Select(source => source with { Newest = null })] };
}
