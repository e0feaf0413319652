using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Services.Operating;

/// <summary>The units that belong to a deployment.</summary>
public static class ServiceUnits
{
    /// <summary>All of them, in the order in which they are started.</summary>
    public static ImmutableArray<string> Of(Deployment deployment) =>
        [.. deployment.Units.Select(unit => unit.Name).Concat(deployment.Service is { } service ? [service.Unit] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>The unit that a command means: the one that is named, else the service that HxOps installs, else the first one.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="name">Full unit name; without a type, a service. Null for the default.</param>
    /// <exception cref="HxException"><see cref="ServiceErrors.NotManaged"/>.</exception>
    public static string Choose(Deployment deployment, string? name)
    {
        var units = Of(deployment);
        var wanted = name ?? deployment.Service?.Unit ?? units.FirstOrDefault() ?? "";
        return units.FirstOrDefault(unit => unit == wanted || unit == wanted + ".service") ?? throw Unknown(deployment, wanted, units);
    }

    private static HxException Unknown(Deployment deployment, string wanted, ImmutableArray<string> units)
    {
        var hint = NearestName.Hint(wanted.Contains('.', StringComparison.Ordinal) ? wanted : wanted + ".service", units);
        return new HxException(ServiceErrors.NotManaged, wanted,
            $"The deployment '{deployment.Name}' has no unit '{wanted}'{(hint.Length > 0 ? hint : ".")} Its units: {string.Join(", ", units)}.");
    }
}
