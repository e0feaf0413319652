using HxOps.Errors;
using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>Logs leave the host for a central system. The gateway offers no metrics yet, so its logs are all that can be collected.</summary>
internal sealed class LogForwardingCheck : IPreflightCheck
{
    private const string Id = "LogForwarding";
    private static readonly string[] Forwarders =
    [
        "systemd-journal-upload.service", "rsyslog.service", "syslog-ng.service", "promtail.service", "alloy.service", "vector.service",
        "fluent-bit.service", "filebeat.service", "journalbeat.service", "otelcol.service",
    ];

    /// <inheritdoc/>
    public string Subject => "log forwarding";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        try
        {
            var active = await ActiveUnits.AmongAsync(context, Forwarders, cancellation);
            return active.Count > 0 ? new PreflightResult(Id, Verdict.Healthy, $"{string.Join(", ", active)} runs", "")
                : new PreflightResult(Id, Verdict.Inconclusive, "no program that is known here forwards the journal; the gateway publishes no metrics",
                    "Forward the journal, such as with systemd-journal-upload; or collect 'hxops gateway log --json' from a timer.");
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }
}
