namespace HxOps.Gateway.Probers;

/// <summary>Says where to read on when something does not answer: the log of the unit behind it.</summary>
internal sealed class UnitHint
{
    private readonly string _advice;

    private UnitHint(string advice) => _advice = advice;

    /// <summary>The unit that a probe of the same layer watches; else all units of the deployment.</summary>
    internal static UnitHint For(DeploymentContext context, GatewayLayer layer)
    {
        if (layer == GatewayLayer.Backend)
            return new UnitHint("see whether the model server runs on its host");

        var watched = context.Deployment.Probes.OfType<UnitProbe>().Where(probe => probe.Layer == layer).Select(probe => probe.Unit).ToList();
        var units = watched.Count > 0 ? watched : [.. context.Deployment.Units.Select(unit => unit.Name)];
        return new UnitHint(units.Count == 0 ? "see whether it runs" : "read " + LogOf(context.Services.Name, units));
    }

    internal static string LogOf(string serviceControl, IReadOnlyList<string> units) => serviceControl == "systemd"
        ? $"journalctl {string.Join(' ', units.Select(unit => "-u " + unit))} --since \"5 minutes ago\""
        : $"the log of {string.Join(", ", units)} (hxops gateway log)";

    /// <summary>The advice in the middle of a sentence.</summary>
    public override string ToString() => _advice;
}
