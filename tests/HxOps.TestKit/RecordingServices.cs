using System.Collections.Concurrent;
using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Services;

namespace HxOps.TestKit;

/// <summary>Units that do what they are told at once, and a record of what they were told.</summary>
public sealed class RecordingServices : IServiceControl
{
    private readonly ConcurrentDictionary<string, UnitStatus> _units = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _calls = new();

    public string Name => "recording";

    /// <summary>What was asked for besides states, in order: <c>stop a.service</c>, <c>reload</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Units that do not stop.</summary>
    public HashSet<string> Stubborn { get; } = [];

    /// <summary>Units that do not start.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Called at every stop, start and reload, before it has its effect.</summary>
    public Action<string>? OnCall { get; set; }

    /// <summary>The time limits that were given.</summary>
    public ConcurrentBag<TimeSpan> Limits { get; } = [];

    public RecordingServices With(string unit, UnitActivity activity, bool isEnabled = false)
    {
        _units[unit] = new UnitStatus { Id = unit, Activity = activity, IsEnabled = isEnabled };
        return this;
    }

    public UnitActivity Activity(string unit) => Status(unit).Activity;

    public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) => Task.FromResult(Status(unit));

    public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        Record("start " + unit, limit);
        return Broken.Contains(unit)
            ? throw new HxException(ServiceErrors.StartFailed, unit, $"{unit} did not start.")
            : Task.FromResult(_units[unit] = Status(unit) with { Activity = UnitActivity.Active });
    }

    public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        Record("stop " + unit, limit);
        return Stubborn.Contains(unit)
            ? throw new HxException(ServiceErrors.StopFailed, unit, $"{unit} did not stop.")
            : Task.FromResult(_units[unit] = Status(unit) with { Activity = UnitActivity.Inactive });
    }

    public Task ReloadDefinitionsAsync(CancellationToken cancellation)
    {
        Record("reload", null);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<LogLine>.Empty);

    public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
        AsyncEnumerable.Empty<LogLine>();

    private UnitStatus Status(string unit) => _units.GetValueOrDefault(unit) ?? new UnitStatus { Id = unit, Activity = UnitActivity.Absent };

    private void Record(string call, TimeSpan? limit)
    {
        _calls.Enqueue(call);
        if (limit is { } given)
            Limits.Add(given);

        OnCall?.Invoke(call);
    }
}
