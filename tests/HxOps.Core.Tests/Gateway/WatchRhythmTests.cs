using HxOps.Gateway;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class WatchRhythmTests
{
    private readonly LeapingClock _clock = new();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 5)]
    [InlineData(5, 10)]
    [InlineData(12, 15)]
    [InlineData(14.9995, 15)]
    public async Task The_next_look_is_on_the_next_beat_however_long_one_took(double took, double next)
    {
        var rhythm = new WatchRhythm(_clock, TimeSpan.FromSeconds(5), null);
        _clock.Advance(TimeSpan.FromSeconds(took));

        await rhythm.RestAsync(CancellationToken.None);

        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(next), TimeSpan.FromSeconds(next + 0.002));
        Assert.False(rhythm.IsOver);
    }

    [Fact]
    public async Task A_timer_that_fires_early_gives_no_second_look_on_the_same_beat()
    {
        var rhythm = new WatchRhythm(_clock, TimeSpan.FromSeconds(5), null);
        _clock.Early = TimeSpan.FromMilliseconds(3);

        await rhythm.RestAsync(CancellationToken.None);
        var first = _clock.Elapsed;
        await rhythm.RestAsync(CancellationToken.None);

        Assert.InRange(first, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.01));
        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.01));
    }

    [Theory]
    [InlineData(7, new double[] { 5, 7 })]
    [InlineData(10, new double[] { 5, 10 })]
    [InlineData(0, new double[] { })]
    public async Task The_last_look_is_at_the_end(double length, double[] looks)
    {
        var rhythm = new WatchRhythm(_clock, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(length));
        var seen = new List<double>();
        while (!rhythm.IsOver)
        {
            await rhythm.RestAsync(CancellationToken.None);
            seen.Add(_clock.Elapsed.TotalSeconds);
        }

        Assert.Equal(looks, seen);
    }

    /// <summary>A clock that leaps to the time of each timer.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private TimeSpan _elapsed;

        public TimeSpan Elapsed => _elapsed;

        /// <summary>How much before its time the next timer fires; those after it are punctual.</summary>
        public TimeSpan Early { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _elapsed.Ticks;

        public void Advance(TimeSpan time) => _elapsed += time;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Advance(dueTime - Early);
            Early = TimeSpan.Zero;
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new Fired();
        }

        private sealed class Fired : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose()
            {
                // It has fired.
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
