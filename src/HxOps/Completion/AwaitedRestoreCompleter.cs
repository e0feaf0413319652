using HxOps.Restoring;
using HxOps.Views;

namespace HxOps.Completion;

/// <summary>Completes the ids of restores that await their confirmation.</summary>
public sealed class AwaitedRestoreCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => new RestoreCatalog(Composition.Open(deployment, root)).List()
        .Where(restore => restore.Confirmation == RestoreConfirmation.Awaited)
        .Select(restore => new Choice(restore.Id, $"{restore.Checkpoint}, to be confirmed by {Humane.Time(restore.ConfirmByUtc!.Value)}"));
}
