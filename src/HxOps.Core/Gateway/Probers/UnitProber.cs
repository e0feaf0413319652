using HxOps.Services;

namespace HxOps.Gateway.Probers;

/// <summary>Asks whether a unit is active.</summary>
internal sealed class UnitProber(UnitProbe probe, IServiceControl services) : IProber
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var status = await services.GetAsync(probe.Unit, cancellation);
        return status.Activity switch
        {
            UnitActivity.Active => ProbeAnswer.Healthy("active"),
            UnitActivity.Absent => ProbeAnswer.Unhealthy($"no unit {probe.Unit}",
                "Install the unit file, or correct the unit's name in the deployment file."),
            UnitActivity.Failed => ProbeAnswer.Unhealthy(Words("failed", status.Detail), $"Read {Log}, mend the cause, and start the unit again."),
            UnitActivity.Inactive => ProbeAnswer.Unhealthy("inactive", $"Start {probe.Unit}; when it does not stay, read {Log}."),
            _ => ProbeAnswer.Unhealthy(status.Activity == UnitActivity.Activating ? "activating" : "deactivating",
                $"Ask again in a moment; when it stays so, read {Log}."),
        };
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) =>
        ProbeAnswer.Inconclusive($"the service manager gave no answer within {FindingText.Span(deadline)}",
            "Check that the service manager answers on this machine.");

    private string Log => UnitHint.LogOf(services.Name, [probe.Unit]);

    private static string Words(string activity, string detail) =>
        detail.Length == 0 || detail == activity ? activity : $"{activity} ({detail})";
}
