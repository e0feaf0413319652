using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring.Guarding;

/// <summary>Takes the operator's word for a guarded restore: it stays.</summary>
public sealed class RestoreConfirmer(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>The restore that can be confirmed, or is confirmed already. Changes nothing.</summary>
    /// <param name="id">The restore; null or empty means the one that awaits its confirmation, else the last one that had a guard.</param>
    /// <exception cref="HxException">RestoreNotFound, RestoreNotGuarded, RestoreNotConfirmable; RestoreUnfinished when it or its undo was interrupted and has to be repaired first.</exception>
    public RestoreInfo Find(string? id)
    {
        var catalog = new RestoreCatalog(context);
        var restores = catalog.List();
        var restore = string.IsNullOrEmpty(id) ? Last(restores) : catalog.Find(id);
        return restore switch
        {
            { Confirmation: RestoreConfirmation.Confirmed } => restore,
            { Confirmation: RestoreConfirmation.Awaited } => restores.FirstOrDefault(IsInterrupted) is { } interrupted ? throw Unfinished(restore, interrupted) : restore,
            { ConfirmByUtc: null } => throw new HxException(GuardErrors.NotGuarded, restore.Id, $"{restore.Id} has no guard; there is nothing to confirm."),
            _ => throw new HxException(GuardErrors.NotConfirmable, restore.Id, Objection(restore)),
        };
    }

    /// <summary>What a confirmation does, in one line.</summary>
    public static ImmutableArray<string> Describe(RestoreInfo restore)
    {
        ArgumentNullException.ThrowIfNull(restore);
        return [$"{restore.Id} stays: it is not undone at {Quantity.Moment(restore.ConfirmByUtc!.Value)}"];
    }

    /// <summary>Notes the confirmation durably and ends the guard. For a confirmed restore nothing is done. One that is late counts as long as the guard has not begun.</summary>
    /// <param name="id">The restore, as for <see cref="Find"/>.</param>
    /// <param name="events">Warnings.</param>
    /// <param name="cancellation">Not begun when it is cancelled before.</param>
    /// <exception cref="HxException">As <see cref="Find"/>; or the deployment is locked: by the restore itself, or by its guard that has begun to undo it.</exception>
    public async Task<RestoreInfo> ConfirmAsync(string? id, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var found = Find(id);
        if (found.Confirmation == RestoreConfirmation.Confirmed)
            return found;

        cancellation.ThrowIfCancellationRequested();
        using (DeploymentLock.Acquire(_folder.State, $"confirmation of {found.Id}"))
        {
            found = Find(found.Id);
            await new GuardLedger(context).EndAsync(found.Id, isConfirmed: true, events);
            await new AuditLog(context).WriteAsync(new AuditNote("restore confirm", found.Id, "Confirmed", $"{found.Checkpoint} stays"), events);
        }

        return new RestoreCatalog(context).Find(found.Id);
    }

    private RestoreInfo Last(ImmutableArray<RestoreInfo> restores) =>
        restores.FirstOrDefault(restore => restore.Confirmation == RestoreConfirmation.Awaited)
        ?? restores.FirstOrDefault(restore => restore.ConfirmByUtc is not null)
        ?? throw new HxException(GuardErrors.NotGuarded, context.Deployment.Backups.Folder, $"No restore of {context.Deployment.Name} has a guard; there is nothing to confirm.");

    private static bool IsInterrupted(RestoreInfo restore) => restore.State == RestoreState.Interrupted;

    // The interrupted one may be its undo: then what stands may be the state before it already, or half of it.
    private static HxException Unfinished(RestoreInfo restore, RestoreInfo interrupted) => new(RestoreErrors.Unfinished, interrupted.Id,
        $"{interrupted.Id} was interrupted before its end; what there is of {(interrupted.Id == restore.Id ? "it" : restore.Id)} cannot be confirmed.");

    private static string Objection(RestoreInfo restore) => restore.Confirmation == RestoreConfirmation.Missed
        ? $"{restore.Id} was to be confirmed by {Quantity.Moment(restore.ConfirmByUtc!.Value)}; its guard has undone it."
        : $"{restore.Id} is {restore.State switch { RestoreState.RolledBack => "taken back", RestoreState.Undone => "undone", _ => "unguarded by now" }}; there is nothing of it to confirm.";
}
