using System.Globalization;
using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>The words of a comparison, the same for hxops, for the view of the module and for what came from another host.</summary>
public static class ComparisonWords
{
    /// <summary>What was compared, and how much differs.</summary>
    /// <param name="id">Id of the checkpoint.</param>
    /// <param name="other">Id of the other one, or <c>live</c>.</param>
    /// <param name="differences">How many paths differ.</param>
    /// <param name="same">How many are the same.</param>
    public static string Headline(string id, string other, int differences, int same) =>
        string.Create(CultureInfo.InvariantCulture, $"{id} to {other}: {Quantity.Count(differences, "difference")}, {same} the same");

    /// <summary>How one path differs.</summary>
    /// <param name="kind">The name of its <see cref="DifferenceKind"/>.</param>
    /// <param name="path">The host path.</param>
    /// <param name="detail">What differs, in a few words; may be empty.</param>
    public static string Line(string kind, string path, string detail) =>
        $"{kind.ToLowerInvariant(),-8} {path}{(detail.Length > 0 ? $" ({detail})" : "")}";
}
