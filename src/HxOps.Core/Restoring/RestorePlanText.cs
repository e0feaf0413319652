using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Restoring;

/// <summary>Puts a restore plan into words.</summary>
internal static class RestorePlanText
{
    internal static ImmutableArray<string> Lines(RestorePlan plan)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add($"Restore {plan.Id} ({plan.Changes.Length.ToString(CultureInfo.InvariantCulture)} paths change, {plan.Unchanged.ToString(CultureInfo.InvariantCulture)} stay)");
        lines.AddRange(plan.Warnings.Select(warning => "warning: " + warning));
        if (plan.Changes.Length > 0)
        {
            lines.Add("take a safety checkpoint");
            lines.AddRange(plan.Stop.Select(unit => $"stop {unit}"));
            lines.AddRange(plan.Changes.Select(change => $"{Verb(change.Kind)} {change.HostPath}{(change.Detail.Length > 0 ? $" ({change.Detail})" : "")}"));
            lines.AddRange(plan.Start.Select(unit => $"start {unit}"));
        }

        if (!plan.Options.Switches.HasFlag(RestoreSwitches.NoGate))
        {
            lines.Add(plan.Options.Switches.HasFlag(RestoreSwitches.NoRollback) ? "test the gateway" : "test the gateway; go back if it fails");
        }

        return lines.ToImmutable();
    }

    private static string Verb(PathChangeKind kind) => kind switch
    {
        PathChangeKind.Create => "create",
        PathChangeKind.Replace => "replace",
        PathChangeKind.Metadata => "set metadata of",
        _ => "remove",
    };
}
