using System.Collections.Immutable;

namespace HxOps.Services;

/// <summary>Which part of the units' logs is wanted.</summary>
public sealed record LogRequest
{
    /// <summary>Full names of the units; empty means every unit of the deployment.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    /// <summary>How far back.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most so many last lines of each unit.</summary>
    public int Tail { get; init; } = 200;
}
