using System.Collections.Concurrent;
using HxOps.Reporting;

namespace HxOps.TestKit;

/// <summary>Keeps the events that Core raises.</summary>
public sealed class EventLog : IProgress<HxEvent>
{
    private readonly ConcurrentQueue<HxEvent> _events = new();

    public IReadOnlyCollection<HxEvent> Events => _events;

    public IEnumerable<WarningEvent> Warnings => _events.OfType<WarningEvent>();

    public void Report(HxEvent value) => _events.Enqueue(value);
}
