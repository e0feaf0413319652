using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;

namespace HxOps.Cli.Output;

/// <summary>How restores look.</summary>
internal static class RestoreViews
{
    public static void Plan(Page page, RestorePlan plan)
    {
        foreach (var line in plan.Describe())
            page.Line(line);
    }

    public static void Result(Page page, RestoreResult result)
    {
        if (result.Gate is { } gate)
            GatewayViews.Report(page, gate);
        page.Sentence(Ending(result));
        if (result.Reason is { } reason)
            page.Sentence(reason);
        page.Facts(
            ("Restore", result.Id),
            ("Checkpoint", result.Checkpoint),
            ("Safety copy", result.SafetyCheckpoint ?? ""),
            ("Confirm by", result.ConfirmByUtc is { } moment ? Amounts.Moment(moment) : ""),
            ("Paths", $"{Amounts.Count(result.Changed)} changed, {Amounts.Count(result.Unchanged)} as they were"),
            ("Time", Amounts.Of(result.Elapsed)));
        if (result.ConfirmByUtc is not null)
            page.Sentence($"{Signs.Unsure} It is undone by itself unless you confirm it: hxops restore confirm");
        page.Remedy(RestoreOutcomeErrors.Of(result));
    }

    public static void List(Page page, ImmutableArray<RestoreInfo> restores)
    {
        if (restores.IsEmpty)
        {
            page.Line("There are no restores.");
            return;
        }

        var table = new TextTable("RESTORE", "STATE", ">CHANGED", "CHECKPOINT");
        foreach (var restore in restores)
            table.Add(restore.Id, RestoreWords.State(restore.State.ToString(), restore.Confirmation.ToString()), Amounts.Count(restore.Changed), restore.Checkpoint);
        page.Table(table);
        foreach (var restore in restores.Where(restore => restore.Confirmation == RestoreConfirmation.Awaited))
            page.Sentence($"{Signs.Unsure} {restore.Id} is undone by itself unless it is confirmed by {Amounts.Moment(restore.ConfirmByUtc!.Value)}.");
    }

    public static void ToConfirm(Page page, RestoreInfo restore)
    {
        if (restore.Confirmation == RestoreConfirmation.Confirmed)
            Confirmed(page, restore);
        else
            page.Sentence($"- {RestoreConfirmer.Describe(restore)[0]}");
    }

    public static void Confirmed(Page page, RestoreInfo restore) => page.Sentence($"{Signs.Good} {restore.Id} is confirmed, and stays.");

    public static void Guarded(Page page, ImmutableArray<RestoreInfo> restores)
    {
        page.Line(restores.IsEmpty ? "No restore awaits its confirmation." : "Guarded:");
        foreach (var restore in restores)
            page.Sentence($"- {restore.Id} {Fate(restore)}");
    }

    public static void ToRepair(Page page, ImmutableArray<RestoreInfo> restores)
    {
        page.Line(restores.IsEmpty ? "There is nothing to repair." : "To repair:");
        foreach (var restore in restores)
            page.Line($"- {RestoreRepairer.Plan(restore)}");
    }

    public static void Repaired(Page page, ImmutableArray<RestoreInfo> restores)
    {
        page.Line($"{Signs.Good} Repaired:");
        List(page, restores);
    }

    private static string Fate(RestoreInfo restore) => restore.Confirmation switch
    {
        RestoreConfirmation.Confirmed => "is confirmed, and stays.",
        RestoreConfirmation.Missed => "was not confirmed in time, and is undone.",
        _ => $"needs no guard: it is {restore.State.ToString().ToLowerInvariant()}.",
    };

    private static string Ending(RestoreResult result) => result.Outcome switch
    {
        RestoreOutcome.Restored when result.Gate is null => $"{Signs.Good} Restored. The gateway was not tested.",
        RestoreOutcome.Restored => $"{Signs.Good} Restored, and the gateway is healthy.",
        RestoreOutcome.AlreadyThere => $"{Signs.Good} Nothing had to change.",
        RestoreOutcome.RestoredUnproven => $"{Signs.Unsure} Restored, but the gateway did not pass its test. The restored state was left in place as asked.",
        RestoreOutcome.RolledBack => $"{Signs.Bad} The restore did not hold, and the state before it is back.",
        _ => $"{Signs.Bad} The restore failed and so did the way back. Run: hxops restore repair",
    };
}
