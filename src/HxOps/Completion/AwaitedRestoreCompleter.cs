using System.Globalization;
using HxOps.Restoring;

namespace HxOps.Completion;

/// <summary>Completes the ids of restores that await their confirmation.</summary>
public sealed class AwaitedRestoreCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => new RestoreCatalog(Composition.Open(deployment, root)).List()
        .Where(restore => restore.Confirmation == RestoreConfirmation.Awaited)
        .Select(restore => new Choice(restore.Id,
            string.Create(CultureInfo.InvariantCulture, $"{restore.Checkpoint}, to be confirmed by {restore.ConfirmByUtc:yyyy-MM-dd HH:mm:ss}Z")));
}
