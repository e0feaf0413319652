using System.Collections.Immutable;
using HxOps.Rollback.Criteria;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Output;

/// <summary>How rollbacks look.</summary>
internal static class RollbackViews
{
    public static void Decision(Page page, RollbackDecision decision)
    {
        foreach (var line in decision.Describe())
            page.Sentence(line, indent: 2);
    }

    public static void Result(Page page, RunResult result)
    {
        foreach (var line in result.Describe())
            page.Sentence(line, indent: 3);
        page.Facts(
            ("Run", result.Id),
            ("Plan", $"{result.Plan}/{result.Scenario}"),
            ("Time", Amounts.Of(result.Elapsed)),
            ("Folder", result.Folder));
        page.Remedy(RunOutcomeErrors.Of(result));
    }

    public static void List(Page page, ImmutableArray<RunInfo> runs)
    {
        if (runs.IsEmpty)
        {
            page.Line("There are no rollbacks.");
            return;
        }

        var table = new TextTable("RUN", "STATE", ">TIME", "PLAN/SCENARIO");
        foreach (var run in runs)
            table.Add(run.Id, run.State, Amounts.Of(run.Elapsed), $"{run.Plan}/{run.Scenario}");
        page.Table(table);
    }

    public static void Run(Page page, RunInfo run)
    {
        foreach (var step in run.Steps)
            page.Sentence(step.Describe(), indent: 3);
        page.Facts(
            ("Run", run.Id),
            ("Plan", $"{run.Plan}/{run.Scenario}"),
            ("State", run.State),
            ("Reason", run.Reason),
            ("Started", Amounts.Moment(run.StartedUtc)),
            ("Time", Amounts.Of(run.Elapsed)),
            ("Folder", run.Folder));
        if (run.IsInterrupted)
            page.Sentence("It was interrupted. Go on with it: hxops rollback resume");
    }
}
