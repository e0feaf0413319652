using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Turns one switch: gives the order, looks until it is followed, and notes in the audit log how it ended.</summary>
internal sealed class SwitchTurn(DeploymentContext context, string kind, string name, IProgress<HxEvent> events)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task<T> RunAsync<T>(
        SwitchPosition position,
        TimeSpan limit,
        Func<SwitchClient, Task> order,
        Func<SwitchClient, Task<(T State, SwitchReading Reading)>> read,
        CancellationToken cancellation)
    {
        using var connector = new GatewayConnector();
        var client = new SwitchClient(connector, context);
        var what = Words.Of(position);
        try
        {
            await order(client);
            var (state, reading) = await ObserveAsync(() => read(client), position, limit, cancellation);
            if (reading.Reads(position) != true)
            {
                throw new HxException(SwitchErrors.NotObserved, name,
                    $"The {kind} {name} was turned {what}, but does not read so after {limit.TotalSeconds:0.#} s: {reading.Finding}.");
            }

            await NoteAsync(what, "Observed", reading.Finding);
            return state;
        }
        catch (HxException failure)
        {
            await NoteAsync(what, failure.Id.Name, failure.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            await NoteAsync(what, "Stopped", "nobody looked whether it is followed");
            throw;
        }
    }

    private async Task<(T State, SwitchReading Reading)> ObserveAsync<T>(
        Func<Task<(T State, SwitchReading Reading)>> read, SwitchPosition position, TimeSpan limit, CancellationToken cancellation)
    {
        var activity = $"Waiting for the {kind} {name}";
        var start = context.Clock.GetTimestamp();
        try
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var seen = await read();
                var elapsed = context.Clock.GetElapsedTime(start);
                if (seen.Reading.Reads(position) == true || elapsed >= limit)
                {
                    return seen;
                }

                events.Report(new ProgressEvent(activity, seen.Reading.Finding, (long)elapsed.TotalMilliseconds, (long)limit.TotalMilliseconds, ProgressUnit.Milliseconds));
                await Task.Delay(pause, context.Clock, cancellation);
            }
        }
        finally
        {
            events.Report(new ProgressFinishedEvent(activity));
        }
    }

    private Task NoteAsync(string what, string outcome, string detail) => new AuditLog(context).WriteAsync(new AuditNote(kind, $"{name} {what}", outcome, detail), events);
}
