using HxOps.Errors;
using HxOps.Pipeline;
using HxOps.Reporting;
using Xunit;

namespace HxOps.Module.Tests;

public sealed class CommandPumpTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public void Events_are_written_on_the_calling_thread_in_order_and_before_the_result_is_returned()
    {
        var writer = new RecordingWriter();
        var result = new CommandPump(writer, _stop).Run(async (events, _) =>
        {
            for (var number = 0; number < 2000; number++)
                events.Report(new DetailEvent($"{number}"));
            await Task.Yield();
            return Environment.CurrentManagedThreadId;
        });

        Assert.NotEqual(Environment.CurrentManagedThreadId, result);
        Assert.Equal(Enumerable.Range(0, 2000).Select(number => $"{number}"), writer.Details);
        Assert.All(writer.Threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
        Assert.True(writer.IsFinished);
    }

    [Fact]
    public void A_write_that_throws_cancels_the_work_and_goes_on_only_after_its_compensation()
    {
        var compensated = false;
        var writer = new RecordingWriter { Refusal = new InvalidOperationException("refused") };

        var thrown = Assert.Throws<InvalidOperationException>(() => new CommandPump(writer, _stop).Run<int>(async (events, stop) =>
        {
            try
            {
                events.Report(new WarningEvent("Any", "A warning.", "target"));
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                // More than the queue holds: the work must not wait for a reader that has gone.
                for (var number = 0; number < 1000; number++)
                    events.Report(new DetailEvent("going back"));
                compensated = true;
            }

            return 0;
        }));

        Assert.Equal("refused", thrown.Message);
        Assert.True(compensated);
        Assert.True(_stop.IsCancellationRequested);
    }

    [Fact]
    public void Who_reports_a_warning_goes_on_only_when_it_is_written_and_knows_that_it_was_refused()
    {
        var knew = false;
        var writer = new RecordingWriter { Refusal = new InvalidOperationException("refused") };

        Assert.Throws<InvalidOperationException>(() => new CommandPump(writer, _stop).Run((events, stop) =>
        {
            events.Report(new WarningEvent("Any", "A warning.", "target"));
            knew = stop.IsCancellationRequested;
            return Task.FromResult(0);
        }));

        Assert.True(knew);
    }

    [Fact]
    public void A_failure_of_the_family_passes_unchanged_and_any_other_one_becomes_a_defect()
    {
        var pump = new CommandPump(new RecordingWriter(), _stop);
        var known = new HxException(CommonErrors.PathNotFound, "x", "There is no x.");

        Assert.Same(known, Assert.Throws<HxException>(() => pump.Run<int>((_, _) => throw known)));
        Assert.Equal(CommonErrors.Unexpected, Assert.Throws<HxException>(() => pump.Run<int>((_, _) => throw new FormatException("bad"))).Id);
    }

    [Fact]
    public void Progress_is_thinned_out_for_each_activity_and_nothing_else_is()
    {
        var writer = new RecordingWriter();
        new CommandPump(writer, _stop).Run((events, _) =>
        {
            for (var done = 0; done < 500; done++)
            {
                events.Report(new ProgressEvent("Reading", "file", done, 500, ProgressUnit.Items));
                events.Report(new DetailEvent("kept"));
            }

            return Task.FromResult(0);
        });

        Assert.Equal(500, writer.Details.Count);
        Assert.InRange(writer.Progress, 1, 50);
    }

    public void Dispose() => _stop.Dispose();

    private sealed class RecordingWriter : IEventWriter
    {
        public List<string> Details { get; } = [];

        public List<int> Threads { get; } = [];

        public int Progress { get; private set; }

        public bool IsFinished { get; private set; }

        public Exception? Refusal { get; init; }

        public void Write(HxEvent reported)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            if (Refusal is not null)
                throw Refusal;
            if (reported is DetailEvent detail)
                Details.Add(detail.Message);
            if (reported is ProgressEvent)
                Progress++;
        }

        public void Finish() => IsFinished = true;
    }
}
