using System.Collections.Immutable;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Plans;
using HxOps.Tools;

namespace HxOps.Rollback.Conditions;

/// <summary>Looks at containers.</summary>
internal sealed class ContainerObserver(ContainerOpener containers)
{
    // Lines of one kind may stand far apart.
    private const int MostLines = 10_000;

    /// <summary>Sees how the services of a project stand, each by its name.</summary>
    public async Task<ConditionFinding> LookAsync(ComposeCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var project = await containers.ProjectAsync(condition.Project, scope, cancellation);
        var present = await containers.Engine(scope).InspectAsync(await project.ContainersAsync([], cancellation), cancellation);
        return condition.Standing == ServiceStanding.Stopped ? Stopped(condition, present) : Healthy(condition, present);
    }

    /// <summary>Sees what services have logged.</summary>
    public async Task<ConditionFinding> LookAsync(LogCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var project = await containers.ProjectAsync(condition.Project, scope, cancellation);
        var all = await project.LogsAsync(condition.Services, condition.Of is null ? condition.Lines : MostLines, cancellation);
        var log = condition.Of is { } words
            ? all.Split('\n').Where(line => line.Contains(words, StringComparison.Ordinal)).TakeLast(condition.Lines).ToArray()
            : all.Split('\n');
        var missing = condition.Has.Where(text => !log.Any(line => line.Contains(text, StringComparison.Ordinal))).ToList();
        var bad = log.FirstOrDefault(line => condition.Lacks.Any(text => line.Contains(text, StringComparison.Ordinal)));
        return missing.Count > 0 ? ConditionFinding.No($"no line has '{missing[0]}'")
            : bad is not null ? ConditionFinding.No(scope.Redactor.Redact(bad.Trim()))
            : ConditionFinding.Yes("the log is as wanted");
    }

    /// <summary>Sees that nothing with a name is left.</summary>
    public async Task<ConditionFinding> LookAsync(EngineWithoutCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var engine = containers.Engine(scope);
        var volumes = await engine.VolumesAsync(condition.Name, cancellation);
        var left = await engine.ContainersAsync(condition.Name, cancellation);
        return left.IsEmpty && volumes.IsEmpty
            ? ConditionFinding.Yes($"no container and no volume named {condition.Name}")
            : ConditionFinding.No($"{left.Length} containers and {volumes.Length} volumes named {condition.Name}: {string.Join(", ", volumes.Concat(left.Select(id => id[..12])).Take(5))}");
    }

    private static ConditionFinding Healthy(ComposeCondition condition, ImmutableArray<ContainerState> present)
    {
        var services = condition.Services.IsEmpty ? [.. present.Select(container => container.Service).Distinct()] : condition.Services;
        var bad = services.Select(service => Complaint(service, condition, present)).OfType<string>().ToList();
        return bad.Count > 0 ? ConditionFinding.No(string.Join(", ", bad))
            : services.IsEmpty ? ConditionFinding.No("there is no container")
            : ConditionFinding.Yes($"{services.Length} of {services.Length} services are healthy");
    }

    // Of all services together, one that did its work and ended is none to complain about.
    private static string? Complaint(string service, ComposeCondition condition, ImmutableArray<ContainerState> present)
    {
        var own = present.Where(container => container.Service == service).ToList();
        return own.Count == 0
            ? $"{service} has no container"
            : own.FirstOrDefault(container => !container.IsHealthy && !(condition.Services.IsEmpty && container is { Status: "exited", ExitCode: 0 }))?.Describe();
    }

    private static ConditionFinding Stopped(ComposeCondition condition, ImmutableArray<ContainerState> present)
    {
        var running = present.Where(container => container.IsRunning && (condition.Services.IsEmpty || condition.Services.Contains(container.Service))).ToList();
        return running.Count == 0 ? ConditionFinding.Yes("none of them runs") : ConditionFinding.No(string.Join(", ", running.Select(container => container.Describe())));
    }
}
