using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Gateway;

/// <summary>Chooses the probes that a request means.</summary>
internal static class ProbeSelection
{
    internal static ImmutableArray<ProbeDefinition> Of(Deployment deployment, GateRequest request)
    {
        foreach (var name in request.Probes)
            Check(deployment, request.Profile, name);

        return
        [
            .. deployment.Probes
                .Where(probe => request.Profile == GateProfile.Full || !probe.CostsTokens)
                .Where(probe => request.Probes.IsEmpty || request.Probes.Contains(probe.Name)),
        ];
    }

    private static void Check(Deployment deployment, GateProfile profile, string name)
    {
        var probe = deployment.Probes.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new HxException(GatewayErrors.ProbeNotFound, name, NotFound(deployment, name));
        if (profile == GateProfile.Free && probe.CostsTokens)
            throw new HxException(GatewayErrors.ProbeNotInProfile, name,
                $"The probe '{name}' makes a model work, and the free profile asks no such probe.");
    }

    private static string NotFound(Deployment deployment, string name)
    {
        var known = deployment.Probes.Select(probe => probe.Name).ToList();
        var nearest = NearestName.Of(name, known);
        return $"The deployment '{deployment.Name}' has no probe '{name}'."
            + (nearest is null ? $" It has: {string.Join(", ", known)}." : $" Did you mean '{nearest}'?");
    }
}
