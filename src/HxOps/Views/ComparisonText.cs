using System.Collections;
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
        yield return host + ComparisonWords.Headline($"{Value(comparison, "Id")}", $"{Value(comparison, "Other")}", differences.Count, LanguagePrimitives.ConvertTo<int>(Value(comparison, "Same")));
        foreach (var difference in differences)
        {
            yield return ComparisonWords.Line(
                $"{Value(difference, nameof(PathDifference.Kind))}", $"{Value(difference, "Id")}", $"{Value(difference, nameof(PathDifference.Detail))}");
            foreach (var line in Items(difference, nameof(PathDifference.Diff)))
                yield return "    " + line;
        }
    }

    private static object? Value(PSObject from, string name) => from.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : from.Properties[name]?.Value;

    private static IEnumerable<PSObject> Items(PSObject from, string name) =>
        (Value(from, name) as IEnumerable ?? Array.Empty<object>()).Cast<object>().Select(PSObject.AsPSObject);
}
