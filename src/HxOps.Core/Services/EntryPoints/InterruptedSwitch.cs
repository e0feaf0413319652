using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.EntryPoints.History;
using HxOps.Tools.Processes;

namespace HxOps.Services.EntryPoints;

/// <summary>Takes a change of the entry point back that did not come to its end: one that just failed, or one whose process was killed.</summary>
internal sealed class InterruptedSwitch(DeploymentContext context)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long an entry point that has not proven itself may take to stop before it is killed.</summary>
    private static readonly TimeSpan UnprovenStop = TimeSpan.FromSeconds(5);

    private readonly DropInBackup _backup = new(context);

    /// <summary>Whether there is one; it may also be under way.</summary>
    internal bool Exists => _backup.Exists;

    /// <summary>Takes back what a killed process left; the lock must be held. What somebody has decided since stays.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="HxException">The record or the drop-in cannot be used, or the manager does not answer; the record stays for the next try.</exception>
    internal async Task<bool> TakeBackAsync(IProgress<HxEvent> events)
    {
        if (_backup.Read() is not { } kept)
            return false;

        if (_backup.StateOf(kept) == DropInState.Another)
        {
            _backup.Forget();
            events.Report(new WarningEvent("EntryPointSuperseded",
                $"{kept.DropIn} was changed after a change of {kept.Unit}'s entry point had been interrupted, so it stays as it is.", kept.Unit));
            return true;
        }

        var failure = await PutBackAsync(kept);
        events.Report(new WarningEvent("EntryPointRecovered", $"An interrupted change of {kept.Unit}'s entry point was taken back.{Words(failure)}", kept.Unit));
        return true;
    }

    /// <summary>
    /// The drop-in and the loaded definitions as they were: that is the recovery. Whether the program of before starts as well is for its
    /// operator; waiting for that would keep every other entry point from being set.
    /// </summary>
    /// <returns>Why the unit does not run as it did; null when it does.</returns>
    /// <remarks>It is not cancelled: a half-way state serves nobody.</remarks>
    internal async Task<HxException?> PutBackAsync(KeptDropIn kept)
    {
        var state = _backup.StateOf(kept);
        if (state == DropInState.Another)
            throw new HxException(EntryPointErrors.DropInChanged, kept.DropIn, $"{kept.DropIn} was changed by somebody else meanwhile.");

        _backup.PutBack(kept);
        await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
        var failure = await ReturnAsync(kept, state);
        _backup.Forget();
        return failure;
    }

    /// <summary>The unit running what it ran, or stopped if it was so.</summary>
    private async Task<HxException?> ReturnAsync(KeptDropIn kept, DropInState found)
    {
        try
        {
            if (found == DropInState.Before && await RunsAsWrittenAsync(kept.Unit))
                return null;

            await context.Services.StopAsync(kept.Unit, UnprovenStop, CancellationToken.None);
            if (kept.WasRunning)
                await context.Services.RestartAsync(kept.Unit, StartLimit, CancellationToken.None);

            return null;
        }
        catch (HxException failure)
        {
            return failure;
        }
    }

    /// <summary>A unit that runs what its files say, because nothing was written yet or somebody has healed it since, is left alone.</summary>
    private async Task<bool> RunsAsWrittenAsync(string unit)
    {
        var status = await context.Services.GetAsync(unit, CancellationToken.None);
        return status is { Activity: UnitActivity.Active, MainProcessId: { } process }
            && new EntryPointHistory(context).ReadLive() is { } live
            && ExpectedArguments.Of(context.Root, unit, live.Command).AreEndOf(ProcessCommandLine.TryRead(context.Root, process));
    }

    private static string Words(HxException? failure) => failure is null ? "" : $" But: {failure.Message}";
}
