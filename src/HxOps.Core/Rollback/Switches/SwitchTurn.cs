using HxOps.Errors;
using HxOps.Evidence;
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
        Func<SwitchClient, Task<T>> read,
        Func<T, bool> isSeen,
        Func<T, string> finding,
        CancellationToken cancellation)
    {
        using var client = new SwitchClient(context);
        var what = Words.Of(position);
        try
        {
            await order(client);
            var state = await ObserveAsync(client, limit, read, isSeen, cancellation);
            if (!isSeen(state))
            {
                throw new HxException(SwitchErrors.NotObserved, name,
                    $"The {kind} {name} was turned {what}, but does not read so after {limit.TotalSeconds:0.#} s: {finding(state)}.");
            }

            await NoteAsync(what, "Observed", finding(state));
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

    private async Task<T> ObserveAsync<T>(SwitchClient client, TimeSpan limit, Func<SwitchClient, Task<T>> read, Func<T, bool> isSeen, CancellationToken cancellation)
    {
        var start = context.Clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var state = await read(client);
            if (isSeen(state) || context.Clock.GetElapsedTime(start) >= limit)
            {
                return state;
            }

            await Task.Delay(pause, context.Clock, cancellation);
        }
    }

    private Task NoteAsync(string what, string outcome, string detail) => new AuditLog(context).WriteAsync(new AuditNote(kind, $"{name} {what}", outcome, detail), events);
}
