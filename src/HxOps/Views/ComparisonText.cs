using System.Globalization;
using HxOps.Checkpoints;

namespace HxOps.Views;

/// <summary>Puts a comparison into words. For HxOps.Format.ps1xml.</summary>
public static class ComparisonText
{
    /// <summary>A headline, then every difference with the lines of its diff.</summary>
    public static IEnumerable<string> Lines(CheckpointComparison comparison)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{comparison.Id} and {comparison.Other}: {comparison.Differences.Length} differ, {comparison.Same} the same");
        foreach (var difference in comparison.Differences)
        {
            var detail = difference.Detail.Length > 0 ? $" ({difference.Detail})" : "";
            yield return $"{Sign(difference.Kind)} {difference.Id}{detail}";
            foreach (var line in difference.Diff)
                yield return "    " + line;
        }
    }

    private static char Sign(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => '+',
        DifferenceKind.Removed => '-',
        DifferenceKind.Changed => '~',
        _ => '.',
    };
}
