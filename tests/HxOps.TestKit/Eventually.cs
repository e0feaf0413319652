using System.Diagnostics;

namespace HxOps.TestKit;

/// <summary>Waits for a state with a limit, so that no test sleeps for a fixed time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(condition, what, Limit);

    /// <summary>The same, for what takes its time.</summary>
    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<bool> condition, string what, TimeSpan limit)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {what}.");
            }

            await Task.Delay(10);
        }
    }
}
