using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>Compares what was remembered of a unit with what runs.</summary>
internal static class UnitObserver
{
    /// <summary>The state as it is now: a main process that ended meanwhile, and one whose starter was killed before it could note it down.</summary>
    internal static UnitState? Observe(UnitState? remembered) => remembered?.Phase switch
    {
        UnitPhase.Starting when remembered.Starter is { IsAlive: true } => remembered,
        UnitPhase.Starting => Adopt(remembered),
        UnitPhase.Started when remembered.Main is not { IsAlive: true } => Ended(remembered),
        UnitPhase.Remains when remembered.Starter is { IsOfThisBoot: false } => remembered with { Phase = UnitPhase.Stopped },
        UnitPhase.Stopping when remembered.Session.Living().IsEmpty => remembered with { Phase = UnitPhase.Stopped },
        _ => remembered,
    };

    /// <summary>The starter is gone; whatever came of its work carries the mark in its environment.</summary>
    private static UnitState Adopt(UnitState remembered)
    {
        var leader = remembered.Session.Living().FirstOrDefault(process => process.Id == process.SessionId);
        return leader is null ? Ended(remembered) : remembered with { Phase = UnitPhase.Started, Starter = null, Main = ProcessIdentity.Of(leader.Id) };
    }

    private static UnitState Ended(UnitState remembered) =>
        remembered with { Phase = (remembered.Main ?? remembered.Starter) is { IsOfThisBoot: false } ? UnitPhase.Stopped : UnitPhase.Failed };
}
