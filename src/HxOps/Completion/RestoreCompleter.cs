using System.Globalization;
using HxOps.Restoring;

namespace HxOps.Completion;

/// <summary>Completes restore ids, newest first.</summary>
public sealed class RestoreCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => new RestoreCatalog(Composition.Open(deployment, root)).List()
        .Select(restore => new Choice(restore.Id,
            string.Create(CultureInfo.InvariantCulture, $"{restore.State}: {restore.Checkpoint}, {restore.Changed} paths")));
}
