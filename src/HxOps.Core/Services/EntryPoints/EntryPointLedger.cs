using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Files;
using HxOps.Formats;

namespace HxOps.Services.EntryPoints;

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

    /// <summary>Adds an entry; the lock must be held.</summary>
    internal void Add(LedgerEntry entry)
    {
        var lines = Read().Add(entry).TakeLast(MostEntries).Select(one => JsonSerializer.Serialize(one, LedgerJson.Default.LedgerEntry) + "\n");
        DurableFile.WriteAllText(_path, string.Concat(lines), OwnerOnly);
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
