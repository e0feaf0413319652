using System.Collections.Immutable;
using HxOps.Services;

namespace HxOps.Core.Tests.Gateway;

/// <summary>A service manager whose every unit is in the same state.</summary>
public sealed class OneUnit(UnitActivity activity) : IServiceControl
{
    public string Name => "supervisor";

    public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) =>
        Task.FromResult(new UnitStatus { Id = unit, Activity = activity, Detail = "exit-code" });

    public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) => GetAsync(unit, cancellation);

    public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => GetAsync(unit, cancellation);

    public Task ReloadDefinitionsAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<LogLine>.Empty);

    public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
        AsyncEnumerable.Empty<LogLine>();
}
