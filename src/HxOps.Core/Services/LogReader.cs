using System.Collections.Immutable;

namespace HxOps.Services;

/// <summary>Reads what the units of a deployment logged.</summary>
public sealed class LogReader(DeploymentContext context)
{
    /// <summary>The lines of all wanted units together, oldest first.</summary>
    public async Task<ImmutableArray<LogLine>> ReadAsync(LogRequest request, CancellationToken cancellation)
    {
        var units = request.Units.IsEmpty ? context.Deployment.Units.Select(unit => unit.Name) : request.Units;
        var since = context.Clock.GetUtcNow() - request.Since;
        var lines = new List<LogLine>();
        foreach (var unit in units)
            lines.AddRange(await context.Services.ReadLogAsync(unit, since, request.Tail, cancellation));

        return [.. lines.OrderBy(line => line.TimeUtc)];
    }
}
