using HxOps.Errors;
using HxOps.Rollback.Actions;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Running;

/// <summary>Ends the processes that a killed run left behind: they carry its step's mark in their environment.</summary>
internal static class Leftovers
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private static readonly TimeSpan Polite = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends them all, asking first.</summary>
    public static async Task EndAsync(ActionScope scope, CancellationToken cancellation)
    {
        var session = new ProcessSession(null, $"{ActionScope.MarkVariable}={scope.MarkValue}");
        var clock = scope.Context.Clock;
        var start = clock.GetTimestamp();
        for (var signal = Terminate; !session.Living().IsEmpty; signal = clock.GetElapsedTime(start) < Polite ? 0 : Kill)
        {
            if (clock.GetElapsedTime(start) > Limit)
            {
                throw new HxException(RunErrors.ActionFailed, scope.Step, $"Processes that the killed run left in the step '{scope.Step}' do not end.");
            }

            if (signal != 0)
            {
                session.SendToAll(signal);
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
