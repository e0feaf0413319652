using System.Runtime.CompilerServices;
using HxOps.Reporting;

namespace HxOps.Gateway;

/// <summary>Asks the gate again and again, and tells what it sees.</summary>
public sealed class GateWatch(DeploymentContext context)
{
    // What a look finds is told by the look itself.
    private static readonly IProgress<HxEvent> Silence = new Progress<HxEvent>();

    /// <summary>
    /// Looks as they come: until the wanted verdict is seen, the time is over or the caller gives up. A look that has begun is finished,
    /// unless the caller gives up. Whether the wanted verdict was seen tells <see cref="WatchRequest.Missed"/>.
    /// </summary>
    /// <exception cref="Errors.HxException">WatchIntervalInvalid, ProbeNotFound, ProbeNotInProfile. An ill gateway is a look, not an exception.</exception>
    public async IAsyncEnumerable<GateLook> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        request.Check();
        var gate = new GateRunner(context);
        var rhythm = new WatchRhythm(context.Clock, request.Interval, request.For);
        for (GateLook? before = null; ; await rhythm.RestAsync(cancellation))
        {
            var look = GateLook.Of(await gate.RunAsync(request.Gate, Silence, cancellation), before);
            if (look.IsChange || !request.OnChange)
                yield return look;
            if (look.Verdict == request.Until || rhythm.IsOver)
                yield break;

            before = look;
        }
    }
}
