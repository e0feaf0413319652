using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;

namespace HxOps.Cli.Output;

/// <summary>How entry points and changes of them look.</summary>
internal static class EntryPointViews
{
    public static void List(Page page, ImmutableArray<EntryPoint> known)
    {
        if (known.IsEmpty)
        {
            page.Line("The unit has no entry point, and no source knows one.");
            return;
        }

        foreach (var entryPoint in known)
        {
            var time = entryPoint.RecordedUtc is { } recorded ? Amounts.Moment(recorded) : "now";
            var marks = string.Join(", ", new[] { entryPoint.Kind, entryPoint.IsCurrent ? "current" : "", entryPoint.Note }.Where(mark => mark.Length > 0));
            page.Line($"{(entryPoint.IsCurrent ? '*' : ' ')} {entryPoint.Id}  {time}  {marks}");
            page.Line($"    {entryPoint.Command}");
            page.Line($"    from {entryPoint.File}");
        }
    }

    public static void Plan(Page page, EntryPointPlan plan)
    {
        foreach (var line in plan.Describe())
            page.Line(line);
    }

    public static void Document(Page page, RunbookDocument document)
    {
        foreach (var line in document.Text.TrimEnd('\n').Split('\n'))
            page.Line(line);
    }

    public static void Written(Page page, RunbookDocument document) =>
        page.Line($"{Signs.Good} Written into {document.Path}: {document.Id}, {document.Status.Status}, {document.Status.CompletionPercent} %");

    public static void Rehearsal(Page page, RehearsalReport report)
    {
        page.Sentence(report.IsProven ? $"{Signs.Good} Rehearsed: it proves itself in a sandbox." : $"{Signs.Bad} Rehearsed: it does not prove itself. {report.Reason}");
        foreach (var real in report.Real)
            page.Sentence($"   real: {real}", indent: 9);
        foreach (var other in report.StoodIn)
            page.Sentence($"   not real: {other}", indent: 13);
    }

    public static void Result(Page page, EntryPointResult result)
    {
        if (result.Rehearsal is { } rehearsal)
            Rehearsal(page, rehearsal);
        page.Sentence(Ending(result));
        if (result.Reason.Length > 0)
            page.Sentence(result.Reason);
        foreach (var line in result.Log)
            page.Line($"    {Amounts.Moment(line.TimeUtc)} {line.Text}");
        page.Facts(
            ("Unit", result.Id),
            ("Wanted", $"{result.Wanted.Id}: {result.Wanted.Command}"),
            ("Runs now", result.RunningCommand.Length > 0 ? result.RunningCommand : "nothing"),
            ("Process", result.MainProcessId is { } process ? Amounts.Count(process) : ""),
            ("Health", result.HealthNow is { } health ? string.Join(", ", health.Probes) : "not asked"),
            ("Time", Amounts.Of(result.Elapsed)));
        page.Remedy(EntryPointOutcomeErrors.Of(result));
    }

    private static string Ending(EntryPointResult result) => result.Outcome switch
    {
        EntryPointOutcome.Set when result.Health is null => $"{Signs.Good} Set and running. Nothing is known to ask its health with.",
        EntryPointOutcome.Set => $"{Signs.Good} Set, running and healthy.",
        EntryPointOutcome.AlreadyThere when result.Health is null => $"{Signs.Good} It runs already. Nothing is known to ask its health with.",
        EntryPointOutcome.AlreadyThere => $"{Signs.Good} It runs already and is healthy. Nothing had to change.",
        EntryPointOutcome.NotRehearsed => $"{Signs.Bad} The rehearsal failed. Nothing was changed.",
        EntryPointOutcome.Unproven when result.WasRestarted => $"{Signs.Unsure} The unit files say so already. It was restarted to run it, but it is not proven.",
        EntryPointOutcome.Unproven => $"{Signs.Unsure} The unit files say so already, but it is not proven. Nothing was changed.",
        EntryPointOutcome.RolledBack => $"{Signs.Bad} It did not prove itself, and the entry point before is back.",
        _ => $"{Signs.Bad} It did not prove itself, and the way back failed too. Mend the cause and run the command again.",
    };
}
