using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>Tells each step of a change as it begins and ends.</summary>
internal sealed class EntryPointSteps(TimeProvider clock, IProgress<HxEvent> events)
{
    /// <summary>Where the steps are told.</summary>
    internal IProgress<HxEvent> Events => events;

    internal async Task<T> RunAsync<T>(string name, Func<Task<T>> step)
    {
        events.Report(new StepEvent(name, StepState.Started, TimeSpan.Zero));
        var begun = clock.GetTimestamp();
        var state = StepState.Failed;
        try
        {
            var result = await step();
            state = result is EntryPointEvidence { IsComplete: false } or Errors.HxException ? StepState.Failed : StepState.Succeeded;
            return result;
        }
        finally
        {
            events.Report(new StepEvent(name, state, clock.GetElapsedTime(begun)));
        }
    }
}
