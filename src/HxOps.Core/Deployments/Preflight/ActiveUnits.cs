using HxOps.Services;

namespace HxOps.Deployments.Preflight;

/// <summary>Finds out which of several units run.</summary>
internal static class ActiveUnits
{
    /// <summary>Those that are active.</summary>
    /// <exception cref="Errors.HxException">The service manager does not answer.</exception>
    internal static async Task<List<string>> AmongAsync(DeploymentContext context, IEnumerable<string> units, CancellationToken cancellation)
    {
        var active = new List<string>();
        foreach (var unit in units)
        {
            if ((await context.Services.GetAsync(unit, cancellation)).Activity == UnitActivity.Active)
                active.Add(unit);
        }

        return active;
    }
}
