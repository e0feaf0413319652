using HxOps.Errors;

namespace HxOps.Restoring.Guarding;

/// <summary>Runs <c>hxops restore guard ID</c> when the time has come, even when whoever asked for it is gone by then.</summary>
internal interface IGuardKeeper
{
    /// <summary>Proves that hxops can be started and sees the restore, and sees to it that the guard runs.</summary>
    /// <param name="id">The restore; its journal is begun.</param>
    /// <param name="within">When the guard has to be there. Sooner is no harm: it waits.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="HxException">It cannot be started.</exception>
    Task SetAsync(string id, TimeSpan within, CancellationToken cancellation);

    /// <summary>Forgets it. A guard at work ends by itself when its restore is confirmed, undone or gone.</summary>
    Task CancelAsync(string id, CancellationToken cancellation);
}
