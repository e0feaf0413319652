using System.Collections.Immutable;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Copying;
using HxOps.Deployments;
using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>How checkpoints look.</summary>
internal static class CheckpointViews
{
    /// <summary>The kit's messages after a checkpoint was taken.</summary>
    public static void Created(Page page, Deployment deployment, CheckpointInfo checkpoint)
    {
        var stamp = checkpoint.CreatedUtc.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        page.Line($"=== [make_checkpoint] Creating checkpoint @ {stamp} ===");
        page.Line($"{Signs.Good} Checkpoint created: {checkpoint.Path}");
        page.Line(ContentsLine.Of(deployment, checkpoint));
        page.Sentence($"{Contents(checkpoint)}, {Amounts.Bytes(checkpoint.SizeBytes)} compressed. {Remarks(checkpoint)}");
    }

    public static void Captured(Page page, CapturePlan plan)
    {
        page.Sentence($"A checkpoint in {plan.Folder} would hold {Amounts.Count(plan.Paths.Length, "path")}, {Amounts.Bytes(plan.ContentBytes)}:");
        foreach (var path in plan.Paths)
            page.Line("  " + path);
        foreach (var path in plan.Absent)
            page.Line($"  absent: {path}");
    }

    public static void Copied(Page page, CheckpointCopy copy)
    {
        var verb = copy.Outcome == CopyOutcome.Copied ? "copied to" : "was there already:";
        page.Sentence($"{Signs.Good} {copy.Id} {verb} {copy.Destination}, {Amounts.Bytes(copy.SizeBytes)}, hashed there, in {Amounts.Of(copy.Elapsed)}");
        if (copy.ResumedBytes > 0)
            page.Line($"  {Amounts.Bytes(copy.ResumedBytes)} of it had come before.");
    }

    public static void List(Page page, ImmutableArray<CheckpointInfo> checkpoints)
    {
        if (checkpoints.IsEmpty)
        {
            page.Line("There are no checkpoints.");
            return;
        }

        var table = new TextTable("CHECKPOINT", ">SIZE", ">FILES", "GATEWAY", "REMARKS");
        foreach (var checkpoint in checkpoints)
        {
            table.Add(checkpoint.Id, Amounts.Bytes(checkpoint.SizeBytes), Amounts.Count(checkpoint.Files), checkpoint.Gateway.ToString(), Marks(checkpoint));
            table.Note(checkpoint.Note);
        }

        page.Table(table);
    }

    public static void Facts(Page page, CheckpointInfo checkpoint) => page.Facts(
        ("Id", checkpoint.Id),
        ("Taken", Amounts.Moment(checkpoint.CreatedUtc)),
        ("Archive", checkpoint.Path),
        ("Made by", checkpoint.Format == CheckpointFormat.Kit ? "the bash kit" : "HxOps"),
        ("Kind", checkpoint.Kind.ToString()),
        ("Contents", Contents(checkpoint)),
        ("Size", Amounts.Bytes(checkpoint.SizeBytes)),
        ("Deployment", checkpoint.Deployment),
        ("Host", checkpoint.HostName),
        ("Gateway", checkpoint.Gateway.ToString()),
        ("Copies", string.Join(", ", checkpoint.Copies)),
        ("Remarks", Marks(checkpoint)),
        ("Note", checkpoint.Note));

    public static void Details(Page page, CheckpointDetails details)
    {
        Facts(page, details.Checkpoint);
        page.Line();
        foreach (var entry in details.Entries)
            page.Line($"{entry.Mode.PadLeft(4, '0')} {entry.Owner} {Amounts.Bytes(entry.SizeBytes),9} {entry.Id}{(entry.LinkTarget is { } target ? $" -> {target}" : "")}");
        foreach (var absent in details.Absent)
            page.Line($"absent: {absent.HostPath} ({absent.Component})");
        foreach (var skipped in details.Skipped)
            page.Line($"not captured: {skipped.HostPath} ({skipped.Reason})");
    }

    public static void Verified(Page page, CheckpointVerification verification)
    {
        foreach (var line in verification.Describe())
            page.Sentence(line, indent: 3);
    }

    public static void Compared(Page page, CheckpointComparison comparison)
    {
        page.Sentence(ComparisonWords.Headline(comparison.Id, comparison.Other, comparison.Differences.Length, comparison.Same));
        foreach (var difference in comparison.Differences)
        {
            page.Line(ComparisonWords.Line(difference.Kind.ToString(), difference.Id, difference.Detail));
            foreach (var line in difference.Diff)
                page.Line("    " + line);
        }
    }

    public static void Retention(Page page, ImmutableArray<RetentionDecision> decisions)
    {
        if (decisions.IsEmpty)
        {
            page.Line("There are no checkpoints.");
            return;
        }

        var table = new TextTable("CHECKPOINT", "DECISION", "REASON");
        foreach (var decision in decisions)
            table.Add(decision.Id, decision.Keep ? "keep" : "remove", decision.Reason);
        page.Table(table);
    }

    private static string Contents(CheckpointInfo checkpoint) =>
        $"{Amounts.Count(checkpoint.Files, "file")}, {Amounts.Bytes(checkpoint.ContentBytes)}";

    private static string Remarks(CheckpointInfo checkpoint) => string.Join(" ", new[]
    {
        checkpoint.Gateway == GatewayState.Down ? "The gateway did not answer, so its model list is not in it." : "",
        checkpoint.Skipped > 0 ? $"{Amounts.Count(checkpoint.Skipped, "path")} could not be captured." : "",
    }.Where(remark => remark.Length > 0));

    private static string Marks(CheckpointInfo checkpoint) => string.Join(", ", new[]
    {
        checkpoint.IsPinned ? "pinned" : "",
        checkpoint.IsKnownGood ? "known good" : "",
        checkpoint.Problem.Length > 0 ? "DAMAGED" : checkpoint.Format == CheckpointFormat.Kit ? "kit" : "",
        checkpoint.Skipped > 0 ? $"{Amounts.Count(checkpoint.Skipped)} skipped" : "",
    }.Where(mark => mark.Length > 0));
}
