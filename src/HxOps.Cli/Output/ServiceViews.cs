using System.Collections.Immutable;
using System.Globalization;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.Services.Installing;
using HxOps.Services.Operating;

namespace HxOps.Cli.Output;

/// <summary>How units and what was done with them look.</summary>
internal static class ServiceViews
{
    public static void Status(Page page, ImmutableArray<ServiceStatus> states)
    {
        foreach (var (index, status) in states.Index())
        {
            if (index > 0)
                page.Line();
            Status(page, status);
        }
    }

    public static void Preview(Page page, ServicePreview preview)
    {
        page.Line($"{preview.Action} {preview.Id}");
        foreach (var step in preview.Steps)
            page.Sentence("  " + step, indent: 2);
    }

    public static void Result(Page page, ServiceResult result)
    {
        page.Line($"{Signs.Good} {result.Id} {Word(result)} in {Amounts.Of(result.Elapsed)}");
        if (result.Reason.Length > 0)
            page.Sentence("   " + result.Reason, indent: 3);
        foreach (var probe in result.Health?.Probes ?? [])
            page.Sentence($"   {probe.Id}: {probe.Finding}", indent: 3);
        Facts(page, result.Status);
    }

    public static void Plan(Page page, ServicePlan plan)
    {
        foreach (var line in plan.Describe())
            page.Line(line);
    }

    public static void Installed(Page page, InstallResult result)
    {
        page.Line($"{Signs.Good} {result.Id} {Word(result.Outcome)}");
        foreach (var line in result.Steps.Concat(result.Notes.Select(note => "note: " + note)))
            page.Sentence("   " + line, indent: 3);
        if (result.Start is { } start)
            Result(page, start);
    }

    private static void Status(Page page, ServiceStatus status)
    {
        page.Line($"{Sign(status.Activity)} {status.Id} {status.Activity.ToString().ToLowerInvariant()} ({status.Detail}), {(status.IsEnabled ? "enabled" : "not enabled")}");
        Facts(page, status);
    }

    private static void Facts(Page page, ServiceStatus status)
    {
        page.Facts(
            ("   Since", status.SinceUtc is { } since ? Amounts.Moment(since) : ""),
            ("   PID", status.MainProcessId?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("   Runs", status.CommandLine),
            ("   Entry point", status.EntryPoint),
            ("   Port", status.Port is { } port ? $"{Amounts.Count(port)} {(status.IsListening == true ? "listening" : "")}".TrimEnd() : ""),
            ("   Memory", status.MemoryBytes is { } memory ? Amounts.Bytes(memory) : ""),
            ("   CPU time", status.CpuTime is { } used ? Amounts.Of(used) : ""),
            ("   Restarts", status.Restarts > 0 ? Amounts.Count(status.Restarts) : ""),
            ("   File", status.UnitFile),
            ("   Drop-ins", string.Join(", ", status.DropIns)));
        foreach (var remark in status.Remarks)
            page.Sentence($"   {Signs.Unsure} {remark}", indent: 6);
    }

    private static string Word(ServiceResult result) => result.Outcome switch
    {
        ServiceOutcome.AlreadyThere => $"was {result.Status.Activity.ToString().ToLowerInvariant()} already",
        _ => result.Outcome.ToString().ToLowerInvariant(),
    };

    private static string Word(InstallOutcome outcome) => outcome switch
    {
        InstallOutcome.AlreadyThere => "is as it shall be; nothing was changed",
        InstallOutcome.Installed => "was installed",
        InstallOutcome.Updated => "was brought to what the deployment file says",
        _ => "was removed",
    };

    private static string Sign(UnitActivity activity) => activity switch
    {
        UnitActivity.Active => Signs.Good,
        UnitActivity.Failed => Signs.Bad,
        _ => Signs.Unsure,
    };
}
