using System.Collections.Concurrent;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>
/// Runs work on the thread pool while the calling thread, the only one that may write to the pipeline, writes what the work reports.
/// Who reports a warning waits until it is written, because the caller may answer it with a stop (<c>-WarningAction Stop</c>, <c>Inquire</c>).
/// When a write throws (that, or a stopped pipeline) the work is cancelled and has ended before the throw goes on.
/// </summary>
internal sealed class CommandPump(IEventWriter writer, CancellationTokenSource stop)
{
    // Work that reports faster than it can be written waits: no report is lost, and memory stays bounded.
    private const int MostWaiting = 256;

    /// <summary>The result of the work.</summary>
    public T Run<T>(Func<IProgress<HxEvent>, CancellationToken, Task<T>> work)
    {
        using var waiting = new BlockingCollection<QueuedEvent>(MostWaiting);
        var running = Task.Run(() => Work(work, waiting));
        try
        {
            foreach (var queued in waiting.GetConsumingEnumerable())
                Write(queued);
        }
        catch
        {
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

    private async Task<T> Work<T>(Func<IProgress<HxEvent>, CancellationToken, Task<T>> work, BlockingCollection<QueuedEvent> waiting)
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

    private void Write(QueuedEvent queued)
    {
        try
        {
            writer.Write(queued.Event);
        }
        catch
        {
            // Before the work goes on, so that it does not take a step that is no longer wanted.
            stop.Cancel();
            throw;
        }
        finally
        {
            queued.Written?.SetResult();
        }
    }

    private static void Drain(BlockingCollection<QueuedEvent> waiting)
    {
        // The work must not wait for a reader that has gone.
        foreach (var queued in waiting.GetConsumingEnumerable())
            queued.Written?.SetResult();
    }

    private sealed record QueuedEvent(HxEvent Event, TaskCompletionSource? Written);

    private sealed class Sink(BlockingCollection<QueuedEvent> waiting) : IProgress<HxEvent>
    {
        private readonly ProgressThrottle _throttle = new(TimeProvider.System);

        public void Report(HxEvent value)
        {
            if (_throttle.Drops(value) || waiting.IsAddingCompleted)
                return;

            var written = value is WarningEvent ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            waiting.Add(new QueuedEvent(value, written));
            written?.Task.Wait();
        }
    }
}
