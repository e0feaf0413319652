using System.Collections.Immutable;
using System.Globalization;
using HxOps.Reporting;
using HxOps.Restoring.Guarding;

namespace HxOps.Restoring.Planning;

/// <summary>Puts a restore plan into words, in the order in which it would run.</summary>
internal static class RestorePlanText
{
    private const int Width = 80;

    internal static ImmutableArray<string> Lines(RestorePlan plan)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var has = plan.Options.Switches.HasFlag;
        lines.Add($"Restore {plan.Id}");
        lines.Add($"  taken {Quantity.Moment(plan.Checkpoint.CreatedUtc)}, {Quantity.Count(plan.Checkpoint.Files, "file")}, {Quantity.Bytes(plan.Checkpoint.ContentBytes)}");
        lines.Add(plan.Changes.IsEmpty
            ? $"  nothing to change: all {Quantity.Count(plan.Unchanged, "path")} are as the checkpoint says"
            : $"  {Quantity.Count(plan.Changes.Length, "path")} change{(plan.Changes.Length == 1 ? "s" : "")}, {plan.Unchanged.ToString(CultureInfo.InvariantCulture)} stay as they are");
        foreach (var warning in plan.Warnings)
            AddWrapped(lines, "  ! ", warning);

        if (!plan.Changes.IsEmpty)
        {
            AddStep(lines, "take a safety checkpoint");
            if (plan.Options.ConfirmWithin is { } within)
                AddStep(lines, $"set a guard, which undoes this unless it is confirmed within {GuardLimits.Words(within)}");
            AddUnits(lines, "stop", plan.Stop);
            foreach (var group in plan.Changes.GroupBy(change => change.Component))
                AddChanges(lines, group.Key, [.. group]);
        }

        AddUnits(lines, "start", plan.Start);
        if (!has(RestoreSwitches.NoGate))
            AddStep(lines, has(RestoreSwitches.NoRollback) || plan.Changes.IsEmpty ? "test the gateway" : "test the gateway; go back to the state before if it fails");

        return lines.ToImmutable();
    }

    private static void AddChanges(ImmutableArray<string>.Builder lines, string component, List<PathChange> changes)
    {
        AddStep(lines, $"bring {component} into place ({Quantity.Count(changes.Count, "path")})");
        foreach (var change in changes)
            AddWrapped(lines, $"    {Verb(change.Kind),-8} ", change.Detail.Length > 0 ? $"{change.HostPath} ({change.Detail})" : change.HostPath);
    }

    private static void AddUnits(ImmutableArray<string>.Builder lines, string verb, ImmutableArray<string> units)
    {
        foreach (var unit in units)
            AddStep(lines, $"{verb} {unit}");
    }

    private static void AddStep(ImmutableArray<string>.Builder lines, string step) => lines.Add("- " + step);

    // Breaks at blanks only: a path that is longer than a line stays whole, so that it can be copied.
    private static void AddWrapped(ImmutableArray<string>.Builder lines, string lead, string text)
    {
        var line = lead;
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line);
                line = new string(' ', lead.Length);
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        lines.Add(line);
    }

    private static string Verb(PathChangeKind kind) => kind switch
    {
        PathChangeKind.Create => "create",
        PathChangeKind.Replace => "replace",
        PathChangeKind.Metadata => "set",
        _ => "remove",
    };
}
