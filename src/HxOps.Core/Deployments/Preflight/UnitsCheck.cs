using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Services;

namespace HxOps.Deployments.Preflight;

/// <summary>The service manager knows every unit that a restore must start.</summary>
internal sealed class UnitsCheck : IPreflightCheck
{
    private const string Id = "Units";

    /// <inheritdoc/>
    public string Subject => "units";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        try
        {
            var states = new List<(ManagedUnit Unit, UnitActivity Activity)>();
            foreach (var unit in context.Deployment.Units)
            {
                states.Add((unit, (await context.Services.GetAsync(unit.Name, cancellation)).Activity));
            }

            return Judge(states);
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }

    private static PreflightResult Judge(List<(ManagedUnit Unit, UnitActivity Activity)> states)
    {
        var evidence = string.Join(", ", states.Select(state => $"{state.Unit.Name} {Word(state.Activity)}"));
        var bad = states.Where(state => state.Activity == UnitActivity.Failed || (state.Activity == UnitActivity.Absent && state.Unit.Start == StartRule.Always)).ToList();
        return bad.Count == 0
            ? new PreflightResult(Id, Verdict.Healthy, evidence.Length == 0 ? "the deployment names none" : evidence, "")
            : new PreflightResult(Id, Verdict.Unhealthy, evidence,
                $"Look at {string.Join(" and ", bad.Select(state => state.Unit.Name))} with 'systemctl status' and 'journalctl -u'; install a unit that is absent.");
    }

    private static string Word(UnitActivity activity) => activity switch
    {
        UnitActivity.Absent => "absent",
        UnitActivity.Inactive => "inactive",
        UnitActivity.Activating => "starting",
        UnitActivity.Active => "active",
        UnitActivity.Deactivating => "stopping",
        _ => "failed",
    };
}
