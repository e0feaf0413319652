using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Services.EntryPoints.History;

namespace HxOps.Services.EntryPoints;

/// <summary>How far the verification of a procedure has come. It is told by what was carried out, never typed in.</summary>
/// <param name="Status"><c>Not Started</c>, <c>In Progress</c> after a rehearsal, <c>Completed</c> once it was carried out and proven.</param>
/// <param name="CompletionPercent">0, 50 or 100.</param>
/// <param name="LastUpdated">Date of the last change, as <c>2025-08-21</c>; empty when nothing is known.</param>
/// <param name="ChangeLog">Lines such as <c>2025-08-21 - Task created.</c></param>
public sealed record ProcedureStatus(string Status, int CompletionPercent, string LastUpdated, ImmutableArray<string> ChangeLog)
{
    internal static ProcedureStatus Of(ServiceProcedure? record, string command, ImmutableArray<LedgerEntry> ledger)
    {
        var proven = ledger.Where(entry => entry.Command == command && entry.Outcome == EntryPointOutcome.Set).ToList();
        var (status, percent) = proven.Exists(entry => !entry.IsRehearsal) ? ("Completed", 100) : proven.Count > 0 ? ("In Progress", 50) : ("Not Started", 0);
        ImmutableArray<string> log = [.. record is null ? Array.Empty<string>() : [$"{record.Created} - Task created."], .. ledger.Where(entry => entry.Command == command).Select(Line)];
        return new ProcedureStatus(status, percent, log.IsEmpty ? "" : log[^1][..10], log);
    }

    private static string Line(LedgerEntry entry)
    {
        var what = entry.IsRehearsal ? "Rehearsed" : "Carried out";
        var end = entry.Outcome switch
        {
            EntryPointOutcome.Set => string.Create(CultureInfo.InvariantCulture, $"proven in {entry.Seconds:0.0} s"),
            EntryPointOutcome.RolledBack => "not proven, and the entry point before came back",
            _ => "not proven",
        };
        return $"{entry.TimeUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} - {what} {entry.Place} with {entry.Source}: {end}.";
    }
}
