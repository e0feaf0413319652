using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>Tells each step of a restore as it begins and ends, and keeps how long it took.</summary>
internal sealed class RestoreTimeline(TimeProvider clock, IProgress<HxEvent> events)
{
    private readonly ImmutableArray<RestoreStep>.Builder _steps = ImmutableArray.CreateBuilder<RestoreStep>();
    private readonly long _begin = clock.GetTimestamp();

    internal DateTimeOffset StartedUtc { get; } = clock.GetUtcNow();

    internal TimeSpan Elapsed => clock.GetElapsedTime(_begin);

    internal ImmutableArray<RestoreStep> Steps => _steps.ToImmutable();

    internal Task RunAsync(string name, Action step) => RunAsync(name, () =>
    {
        step();
        return Task.FromResult(true);
    });

    internal Task RunAsync(string name, Func<Task> step) => RunAsync(name, async () =>
    {
        await step();
        return true;
    });

    internal async Task<T> RunAsync<T>(string name, Func<Task<T>> step)
    {
        events.Report(new StepEvent(name, StepState.Started, TimeSpan.Zero));
        var begin = clock.GetTimestamp();
        var state = StepState.Failed;
        try
        {
            var result = await step();
            state = StepState.Succeeded;
            return result;
        }
        finally
        {
            var elapsed = clock.GetElapsedTime(begin);
            _steps.Add(new RestoreStep(name, elapsed));
            events.Report(new StepEvent(name, state, elapsed));
        }
    }
}
