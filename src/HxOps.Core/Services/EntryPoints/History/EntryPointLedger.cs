using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints.History;

/// <summary>Remembers which entry points were set or rehearsed and how that ended, so that a document can say what was verified, when and where.</summary>
internal sealed class EntryPointLedger(DeploymentContext context)
{
    private const int MostBytes = 1 << 20;
    private const int MostEntries = 200;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path = Path.Combine(context.StateFolder, "entry-points.jsonl");

    /// <summary>All entries, oldest first. A line that is none is passed over: the ledger is a memory, nothing hangs on it.</summary>
    internal ImmutableArray<LedgerEntry> Read() =>
        [.. (ForeignText.TryRead(_path, MostBytes) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<LedgerEntry>()];

    /// <summary>Notes a change that has ended; the lock must be held.</summary>
    internal void Note(EntryPointResult result, IProgress<HxEvent> events) => Add(events, new LedgerEntry(
        context.Clock.GetUtcNow(), result.Wanted.Id, result.Wanted.Command, result.Outcome, $"by {context.Services.Name}", IsRehearsal: false, result.Elapsed.TotalSeconds));

    /// <summary>Notes a rehearsal; the lock must be held.</summary>
    internal void Note(EntryPointPlan plan, RehearsalReport report, IProgress<HxEvent> events) => Add(events, new LedgerEntry(
        context.Clock.GetUtcNow(), plan.To.Id, plan.To.Command, report.IsProven ? EntryPointOutcome.Set : EntryPointOutcome.NotRehearsed,
        report.RanProgram ? "in a sandbox, the program itself," : "in a sandbox, a stand-in for the program,", IsRehearsal: true, report.Elapsed.TotalSeconds));

    /// <summary>What was done is done, whether or not it can be noted.</summary>
    private void Add(IProgress<HxEvent> events, LedgerEntry entry)
    {
        try
        {
            var lines = Read().Add(entry).TakeLast(MostEntries).Select(one => JsonSerializer.Serialize(one, LedgerJson.Default.LedgerEntry) + "\n");
            DurableFile.WriteAllText(_path, string.Concat(lines), OwnerOnly);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent("EntryPointNotNoted", $"What was done could not be noted for the document: {failure.Message}", _path));
        }
    }

    private static LedgerEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One change, or the rehearsal of one.</summary>
/// <param name="TimeUtc">When it ended.</param>
/// <param name="Source">Id of the entry point.</param>
/// <param name="Command">Its command; it holds no secret, or it would have been refused.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Place">In which surroundings, in words.</param>
/// <param name="IsRehearsal">Whether it was a rehearsal.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record LedgerEntry(DateTimeOffset TimeUtc, string Source, string Command, EntryPointOutcome Outcome, string Place, bool IsRehearsal, double Seconds);

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class LedgerJson : JsonSerializerContext;
