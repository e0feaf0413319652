using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Services.Units;

namespace HxOps.Deployments.Preflight;

/// <summary>
/// Somebody is told when the gateway fails: a unit that starts then, or a monitoring agent. Whether an agent really alerts cannot be seen
/// from its host, so it is evidence and not proof.
/// </summary>
internal sealed class AlertsCheck : IPreflightCheck
{
    private const string Id = "Alerts";
    private static readonly string[] Agents =
    [
        "prometheus-node-exporter.service", "node_exporter.service", "zabbix-agent.service", "zabbix-agent2.service", "telegraf.service",
        "datadog-agent.service", "nagios-nrpe-server.service", "check-mk-agent.socket", "monit.service", "netdata.service", "collectd.service",
    ];

    /// <inheritdoc/>
    public string Subject => "monitoring alerts";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        try
        {
            var alarmed = context.Deployment.Units.Where(unit => AlarmOf(context, unit.Name) is not null).Select(unit => $"{unit.Name} starts {AlarmOf(context, unit.Name)} when it fails").ToList();
            var agents = await ActiveUnits.AmongAsync(context, Agents, cancellation);
            var timers = await ActiveUnits.AmongAsync(context, context.Deployment.Units.Select(unit => unit.Name).Where(unit => unit.EndsWith(".timer", StringComparison.Ordinal)), cancellation);
            var evidence = string.Join("; ", alarmed.Concat(agents.Select(agent => $"{agent} runs")).Concat(timers.Select(timer => $"{timer} tests it")));
            return alarmed.Count > 0 ? new PreflightResult(Id, Verdict.Healthy, evidence, "")
                : evidence.Length > 0 ? new PreflightResult(Id, Verdict.Inconclusive, $"{evidence}; whether somebody is told cannot be seen from here",
                    "Let a test alarm come through; or name a unit that tells somebody in OnFailure= of the gateway's units.")
                : new PreflightResult(Id, Verdict.Unhealthy, "no unit has OnFailure=, and no monitoring agent that is known here runs",
                    "Name a unit that tells somebody in OnFailure= of the gateway's units, or set up monitoring.");
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }

    private static string? AlarmOf(DeploymentContext context, string unit) =>
        new UnitLoader(context.Root).TryLoad(unit)?.Effective("Unit", "OnFailure").Select(setting => setting.Value).LastOrDefault();
}
