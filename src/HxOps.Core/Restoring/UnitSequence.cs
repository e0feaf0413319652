using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Services;

namespace HxOps.Restoring;

/// <summary>Stops and starts a deployment's units around a restore, each step observed.</summary>
internal sealed class UnitSequence(DeploymentContext context)
{
    /// <summary>How long a unit may take to stop, and to start.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private ImmutableArray<ManagedUnit> Units => context.Deployment.Units;

    /// <summary>Which units run, in the order in which they are started.</summary>
    internal async Task<ImmutableArray<UnitBefore>> ObserveAsync(CancellationToken cancellation)
    {
        var units = ImmutableArray.CreateBuilder<UnitBefore>(Units.Length);
        foreach (var unit in Units)
            units.Add(new UnitBefore(unit.Name, IsUp(await context.Services.GetAsync(unit.Name, cancellation))));

        return units.ToImmutable();
    }

    /// <summary>The units to stop, in order.</summary>
    internal static ImmutableArray<string> ToStop(ImmutableArray<UnitBefore> units) => [.. units.Where(unit => unit.WasActive).Select(unit => unit.Name).Reverse()];

    /// <summary>The units to start as far as can be told before the files are in place, in order.</summary>
    internal ImmutableArray<string> ToStart(ImmutableArray<UnitBefore> units) =>
        [.. Units.Where(unit => MayStart(unit, units)).Select(unit => unit.Name)];

    /// <summary>Stops the units that run, the last one first.</summary>
    internal async Task StopAsync(ImmutableArray<UnitBefore> units, CancellationToken cancellation)
    {
        foreach (var unit in ToStop(units))
            await context.Services.StopAsync(unit, Limit, cancellation);
    }

    /// <summary>Makes the manager read the unit files again.</summary>
    internal Task ReloadAsync(CancellationToken cancellation) => context.Services.ReloadDefinitionsAsync(cancellation);

    /// <summary>Starts the units that their rules ask for, the first one first.</summary>
    internal async Task StartAsync(ImmutableArray<UnitBefore> units, CancellationToken cancellation)
    {
        foreach (var unit in Units)
        {
            if (await IsToStartAsync(unit, units, cancellation))
                await context.Services.StartAsync(unit.Name, Limit, cancellation);
        }
    }

    /// <summary>Whether a start at this moment would start anything.</summary>
    internal async Task<bool> WouldStartAsync(ImmutableArray<UnitBefore> units, CancellationToken cancellation)
    {
        foreach (var unit in Units)
        {
            if (await IsToStartAsync(unit, units, cancellation))
                return true;
        }

        return false;
    }

    /// <summary>Makes those units run that ran before, with the definitions of before, and no others.</summary>
    internal async Task ReturnAsync(ImmutableArray<UnitBefore> units)
    {
        foreach (var unit in units.Reverse())
        {
            if (!unit.WasActive && IsUp(await context.Services.GetAsync(unit.Name, CancellationToken.None)))
                await context.Services.StopAsync(unit.Name, Limit, CancellationToken.None);
        }

        await ReloadAsync(CancellationToken.None);
        foreach (var unit in units.Where(unit => unit.WasActive))
        {
            if ((await context.Services.GetAsync(unit.Name, CancellationToken.None)).Activity != UnitActivity.Active)
                await context.Services.StartAsync(unit.Name, Limit, CancellationToken.None);
        }
    }

    private async Task<bool> IsToStartAsync(ManagedUnit unit, ImmutableArray<UnitBefore> units, CancellationToken cancellation)
    {
        if (!MayStart(unit, units))
            return false;

        var status = await context.Services.GetAsync(unit.Name, cancellation);
        return status.Activity != UnitActivity.Active && (unit.Start != StartRule.Enabled || status.IsEnabled || WasActive(unit, units));
    }

    private static bool MayStart(ManagedUnit unit, ImmutableArray<UnitBefore> units) => unit.Start switch
    {
        StartRule.Always or StartRule.Enabled => true,
        StartRule.WasActive => WasActive(unit, units),
        _ => false,
    };

    private static bool WasActive(ManagedUnit unit, ImmutableArray<UnitBefore> units) => units.Any(before => before.Name == unit.Name && before.WasActive);

    private static bool IsUp(UnitStatus status) => status.Activity is UnitActivity.Active or UnitActivity.Activating or UnitActivity.Deactivating;
}
