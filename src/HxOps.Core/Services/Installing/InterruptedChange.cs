using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Operating;

namespace HxOps.Services.Installing;

/// <summary>Takes an installation back that did not come to its end: one that just failed, or one whose process was killed.</summary>
internal sealed class InterruptedChange(DeploymentContext context)
{
    private readonly ChangeJournal _journal = new(context);

    /// <summary>Takes back what a killed process left; the lock must be held.</summary>
    /// <returns>Whether there was anything.</returns>
    internal async Task<bool> TakeBackAsync(IProgress<HxEvent> events)
    {
        if (!_journal.Exists)
            return false;

        var unit = await PutBackAsync();
        events.Report(new WarningEvent("ServiceChangeTakenBack", $"An interrupted change of {unit}'s files was taken back.", unit));
        return true;
    }

    /// <summary>The files as they were, and the unit running if it ran. It is not cancelled: a half-way state serves nobody.</summary>
    /// <exception cref="HxException">The record or a path cannot be used; the record stays for the next try.</exception>
    internal async Task<string> PutBackAsync()
    {
        var kept = _journal.PutBack()!;
        await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
        var status = await context.Services.GetAsync(kept.Unit, CancellationToken.None);
        if (kept.WasRunning && status.Activity is not (UnitActivity.Active or UnitActivity.Absent))
            await context.Services.StartAsync(kept.Unit, ServiceOrder.For(context.Deployment, kept.Unit, ServiceAction.Start, null).Limit, CancellationToken.None);

        _journal.Forget();
        return kept.Unit;
    }
}
