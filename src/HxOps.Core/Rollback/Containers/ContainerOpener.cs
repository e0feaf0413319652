using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Containers;

/// <summary>Opens the engine and the compose projects of plans.</summary>
internal sealed class ContainerOpener(ProcessRunner runner)
{
    private readonly ComposeFinder _finder = new(runner);

    /// <summary>The engine, for the step at hand.</summary>
    public Docker Engine(ActionScope scope) => new(runner, Environment(scope), scope.Budget);

    /// <summary>A compose project, for the step at hand.</summary>
    public async Task<DockerCompose> ProjectAsync(ComposeProject project, ActionScope scope, CancellationToken cancellation) =>
        new(runner, await _finder.FindAsync(cancellation), scope.Locate(project.Folder), project.Files, Environment(scope), scope.Budget);

    private static Dictionary<string, string> Environment(ActionScope scope) => new() { [ActionScope.MarkVariable] = scope.MarkValue };
}
