using System.Collections;
using System.Globalization;
using System.Management.Automation;
using HxOps.Checkpoints;

namespace HxOps.Views;

/// <summary>Puts a comparison into words. For HxOps.Format.ps1xml.</summary>
public static class ComparisonText
{
    /// <summary>A headline, then every difference with the lines of its diff; of a comparison at hand or one that came from another host.</summary>
    public static IEnumerable<string> Lines(PSObject comparison)
    {
        var differences = Items(comparison, nameof(CheckpointComparison.Differences)).ToList();
        var host = Value(comparison, "PSComputerName") is string name ? $"{name}: " : "";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{host}{Value(comparison, "Id")} and {Value(comparison, "Other")}: {differences.Count} differ, {Value(comparison, "Same")} the same");
        foreach (var difference in differences)
        {
            var detail = Value(difference, nameof(PathDifference.Detail)) is string { Length: > 0 } text ? $" ({text})" : "";
            yield return $"{Sign($"{Value(difference, nameof(PathDifference.Kind))}")} {Value(difference, "Id")}{detail}";
            foreach (var line in Items(difference, nameof(PathDifference.Diff)))
                yield return "    " + line;
        }
    }

    private static object? Value(PSObject from, string name) => from.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : from.Properties[name]?.Value;

    private static IEnumerable<PSObject> Items(PSObject from, string name) =>
        (Value(from, name) as IEnumerable ?? Array.Empty<object>()).Cast<object>().Select(PSObject.AsPSObject);

    private static char Sign(string kind) => kind switch
    {
        nameof(DifferenceKind.Added) => '+',
        nameof(DifferenceKind.Removed) => '-',
        nameof(DifferenceKind.Changed) => '~',
        _ => '.',
    };
}
