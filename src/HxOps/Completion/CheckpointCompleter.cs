using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Views;

namespace HxOps.Completion;

/// <summary>Completes checkpoint ids, newest first.</summary>
public sealed class CheckpointCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) =>
        new CheckpointCatalog(Composition.Open(deployment, root)).List().Select(checkpoint => new Choice(checkpoint.Id, Describe(checkpoint)));

    private static string Describe(CheckpointInfo checkpoint) => string.Create(CultureInfo.InvariantCulture,
        $"{checkpoint.CreatedUtc:yyyy-MM-dd HH:mm} UTC, {Humane.Size(checkpoint.SizeBytes)}, {checkpoint.Files} files {checkpoint.Note}").TrimEnd();
}
