using System.Collections.Concurrent;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>
/// Runs work on the thread pool while the calling thread, the only one that may write to the pipeline, writes what the work reports.
/// When a write throws (<c>-WarningAction Stop</c>, a stopped pipeline) the work is cancelled and has ended before the throw goes on.
/// </summary>
internal sealed class CommandPump(IEventWriter writer, CancellationTokenSource stop)
{
    // Work that reports faster than it can be written waits: no report is lost, and memory stays bounded.
    private const int MostWaiting = 256;

    /// <summary>The result of the work.</summary>
    public T Run<T>(Func<IProgress<HxEvent>, CancellationToken, Task<T>> work)
    {
        using var waiting = new BlockingCollection<HxEvent>(MostWaiting);
        var running = Task.Run(() => Work(work, waiting));
        try
        {
            foreach (var reported in waiting.GetConsumingEnumerable())
                writer.Write(reported);
        }
        catch
        {
            stop.Cancel();
            Drain(waiting);
            running.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
            throw;
        }
        finally
        {
            writer.Finish();
        }

        return running.GetAwaiter().GetResult();
    }

    private async Task<T> Work<T>(Func<IProgress<HxEvent>, CancellationToken, Task<T>> work, BlockingCollection<HxEvent> waiting)
    {
        try
        {
            return await work(new Sink(waiting), stop.Token);
        }
        catch (Exception defect) when (defect is not (HxException or OperationCanceledException))
        {
            throw new HxException(CommonErrors.Unexpected, defect.GetType().Name, defect.Message, defect);
        }
        finally
        {
            waiting.CompleteAdding();
        }
    }

    private static void Drain(BlockingCollection<HxEvent> waiting)
    {
        foreach (var _ in waiting.GetConsumingEnumerable())
        {
            // The work must not wait for a reader that has gone.
        }
    }

    private sealed class Sink(BlockingCollection<HxEvent> waiting) : IProgress<HxEvent>
    {
        private readonly ProgressThrottle _throttle = new(TimeProvider.System);

        public void Report(HxEvent value)
        {
            if (!_throttle.Drops(value) && !waiting.IsAddingCompleted)
                waiting.Add(value);
        }
    }
}
