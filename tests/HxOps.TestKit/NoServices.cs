using System.Collections.Immutable;
using HxOps.Services;

namespace HxOps.TestKit;

/// <summary>A host without units, for tests in which none matter: nothing starts, everything is stopped.</summary>
public sealed class NoServices : IServiceControl
{
    public string Name => "none";

    public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) =>
        Task.FromResult(new UnitStatus { Id = unit, Activity = UnitActivity.Absent });

    public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) =>
        throw new InvalidOperationException($"This test does not expect {unit} to be started.");

    public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => GetAsync(unit, cancellation);

    public Task ReloadDefinitionsAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<LogLine>.Empty);

    public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
        AsyncEnumerable.Empty<LogLine>();
}
