using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Operating;

namespace HxOps.Services.Installing;

/// <summary>Takes an installation back that did not come to its end: one that just failed, or one whose process was killed.</summary>
internal sealed class InterruptedChange(DeploymentContext context)
{
    private readonly ChangeJournal _journal = new(context);

    /// <summary>Whether there is one; it may also be under way.</summary>
    internal bool Exists => _journal.Exists;

    /// <summary>Takes back what a killed process left; the lock must be held. Where somebody has decided since, all of it stays.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="HxException">The record or a path cannot be used, or the manager does not answer; the record stays for the next try.</exception>
    internal async Task<bool> TakeBackAsync(IProgress<HxEvent> events)
    {
        if (_journal.Read() is not { } kept)
            return false;

        if (_journal.ChangedSince(kept) is { } path)
        {
            _journal.Forget();
            events.Report(new WarningEvent("ServiceChangeSuperseded",
                $"{path} was changed after a change of {kept.Unit}'s files had been interrupted, so these files stay as they are.", kept.Unit));
            return true;
        }

        var failure = await PutBackAsync(kept);
        events.Report(new WarningEvent("ServiceChangeTakenBack",
            $"An interrupted change of {kept.Unit}'s files was taken back.{(failure is null ? "" : $" But: {failure.Message}")}", kept.Unit));
        return true;
    }

    /// <summary>
    /// The files and the loaded definitions as they were: that is the recovery. Whether the unit starts as well is for its operator; waiting
    /// for that would keep a better one from being installed.
    /// </summary>
    /// <returns>Why the unit does not run though it did; null when it does.</returns>
    /// <remarks>It is not cancelled: a half-way state serves nobody.</remarks>
    private async Task<HxException?> PutBackAsync(KeptChange kept)
    {
        _journal.PutBack(kept);
        await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
        var failure = await StartAsync(kept);
        _journal.Forget();
        return failure;
    }

    private async Task<HxException?> StartAsync(KeptChange kept)
    {
        try
        {
            var status = await context.Services.GetAsync(kept.Unit, CancellationToken.None);
            if (kept.WasRunning && status.Activity is not (UnitActivity.Active or UnitActivity.Absent))
                await context.Services.StartAsync(kept.Unit, ServiceOrder.For(context.Deployment, kept.Unit, ServiceAction.Start, null).Limit, CancellationToken.None);

            return null;
        }
        catch (HxException failure)
        {
            return failure;
        }
    }
}
