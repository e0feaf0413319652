using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HxOps.Reporting;
using HxOps.Services.Operating;

namespace HxOps.Services;

/// <summary>Reads what the units of a deployment logged.</summary>
public sealed class LogReader(DeploymentContext context)
{
    private const int MostLines = 100_000;
    private const int MostWaiting = 1024;

    private readonly UnitLogRedactor _redactor = new(context.Root, Redactor.PatternsOnly);

    /// <summary>Tells of files that may hold secrets of the wanted units and cannot be read here: what they hold is not taken out of the lines.</summary>
    public void Warn(LogRequest request, IProgress<HxEvent> events)
    {
        foreach (var unit in UnitsOf(request))
            _redactor.Warn(unit, events);
    }

    /// <summary>The wanted lines of all wanted units together, oldest first.</summary>
    /// <exception cref="Errors.HxException"><see cref="ServiceErrors.PatternInvalid"/>, <see cref="ServiceErrors.NotManaged"/>, or a log cannot be read.</exception>
    public async Task<ImmutableArray<LogLine>> ReadAsync(LogRequest request, CancellationToken cancellation)
    {
        var filter = new LogFilter(request);
        var since = context.Clock.GetUtcNow() - request.Since;
        var lines = new List<LogLine>();
        foreach (var unit in UnitsOf(request).ToList())
        {
            var read = await context.Services.ReadLogAsync(unit, since, request.IsUnfiltered ? request.Tail : MostLines, cancellation);
            lines.AddRange(read.Where(filter.Wants).TakeLast(request.Tail));
        }

        return [.. lines.OrderBy(line => line.TimeUtc)];
    }

    /// <summary>The wanted lines of all wanted units as they come, until the caller gives up; first those that there are.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async IAsyncEnumerable<LogLine> FollowAsync(LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = new LogFilter(request);
        var since = context.Clock.GetUtcNow() - request.Since;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var channel = Channel.CreateBounded<LogLine>(MostWaiting);
        var followers = UnitsOf(request).Select(unit => PassOnAsync(unit, since, channel.Writer, stop)).ToList();
        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(cancellation))
            {
                if (filter.Wants(line))
                    yield return line;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(followers);
        }
    }

    private IEnumerable<string> UnitsOf(LogRequest request) =>
        request.Units.IsEmpty ? context.Deployment.Units.Select(unit => unit.Name) : request.Units.Select(unit => ServiceUnits.Choose(context.Deployment, unit));

    /// <summary>Passes the lines of one unit on; its failure is the reader's failure.</summary>
    private async Task PassOnAsync(string unit, DateTimeOffset since, ChannelWriter<LogLine> lines, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var line in context.Services.FollowLogAsync(unit, since, stop.Token))
                await lines.WriteAsync(line, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has had enough.
        }
        catch (Errors.HxException failure)
        {
            lines.TryComplete(failure);
        }
    }
}
