using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;

namespace HxOps.Services.Operating;

/// <summary>What is to be done with a unit.</summary>
public sealed record ServiceOrder
{
    private static readonly TimeSpan OtherUnits = TimeSpan.FromSeconds(30);

    /// <summary>How much longer than the unit's own limits is waited, so that the manager acts on them before HxOps gives up.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>What to do.</summary>
    public required ServiceAction Action { get; init; }

    /// <summary>The longest wait, for each of stopping, starting and becoming healthy.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>Whether the service is asked for its health after a start; where nothing is known to ask, it is not.</summary>
    public HealthWish Health { get; init; }

    /// <summary>An order with the limits that the deployment file gives the unit.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="unit">Full unit name, or null for the default one.</param>
    /// <param name="action">What to do.</param>
    /// <param name="limit">Another limit, or null.</param>
    public static ServiceOrder For(Deployment deployment, string? unit, ServiceAction action, TimeSpan? limit)
    {
        var id = ServiceUnits.Choose(deployment, unit);
        return new ServiceOrder { Id = id, Action = action, Limit = limit ?? LimitOf(deployment, id, action) };
    }

    /// <summary>What would be done, line by line.</summary>
    /// <param name="status">The unit as it is.</param>
    public ImmutableArray<string> Describe(ServiceStatus status)
    {
        var present = $"{Id} is {Word(status.Activity)}{(status.MainProcessId is { } process ? string.Create(CultureInfo.InvariantCulture, $", PID {process}") : "")}";
        var limit = Limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var stop = $"stop it and wait until it is inactive, at most {limit} s; then it is killed";
        var start = $"start it and wait until it is active, at most {limit} s";
        ImmutableArray<string> health = Health == HealthWish.Skip ? [] : ["ask its health, where the deployment file says how"];
        return Action switch
        {
            ServiceAction.Stop => [present, stop],
            ServiceAction.Start => [present, start, .. health],
            ServiceAction.Reload => [present, "reload it, or restart it where it has no reload of its own", .. health],
            _ => [present, stop, start, .. health],
        };
    }

    private static TimeSpan LimitOf(Deployment deployment, string unit, ServiceAction action) => Margin + (
        deployment.Service is not { } service || service.Unit != unit ? OtherUnits
        : action == ServiceAction.Stop ? service.Limits.Stop
        : action == ServiceAction.Start || service.Limits.Start > service.Limits.Stop ? service.Limits.Start
        : service.Limits.Stop);

    private static string Word(UnitActivity activity) => activity.ToString().ToLowerInvariant();
}

/// <summary>What can be done with a unit.</summary>
public enum ServiceAction
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>Stop it.</summary>
    Stop,

    /// <summary>Stop it and start it again.</summary>
    Restart,

    /// <summary>Let it take up changed configuration: by its own reload where it has one, else by a restart.</summary>
    Reload,
}

/// <summary>Whether a service is asked for its health.</summary>
public enum HealthWish
{
    /// <summary>Until it answers or the limit is over.</summary>
    Ask,

    /// <summary>Not at all.</summary>
    Skip,
}
