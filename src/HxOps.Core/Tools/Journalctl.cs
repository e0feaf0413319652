using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>journalctl, typed: entries by its JSON output, within bounds.</summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class Journalctl(ProcessRunner runner)
{
    private const int MostOutput = 16 << 20;
    private const int Information = 6;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>A unit's entries, oldest first: what it wrote and what systemd wrote about it.</summary>
    /// <exception cref="HxException">journalctl failed.</exception>
    public async Task<ImmutableArray<JournalEntry>> ReadAsync(JournalQuery query, CancellationToken cancellation)
    {
        // Newest first, so that a bound cuts off the oldest.
        var command = new ToolCommand("journalctl", [.. Arguments(query), "--reverse"]) { Deadline = Deadline, MostOutput = MostOutput };
        var result = await runner.RunCheckedAsync(command, cancellation);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<JournalEntry>().Reverse()];
    }

    /// <summary>A unit's entries and those that come, until the caller gives up; at first no more than the query's most.</summary>
    /// <exception cref="HxException">journalctl failed.</exception>
    public async IAsyncEnumerable<JournalEntry> FollowAsync(JournalQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var command = new ToolCommand("journalctl", [.. Arguments(query), "--follow"])
        {
            Deadline = Timeout.InfiniteTimeSpan,
            LineReceived = line => lines.Writer.TryWrite(line),
        };
        var running = RunAsync();
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellation))
            {
                if (Parse(line) is { } entry)
                    yield return entry;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }

        async Task RunAsync()
        {
            try
            {
                await runner.RunCheckedAsync(command, stop.Token);
                lines.Writer.TryComplete();
            }
            catch (Exception failure) when (failure is HxException or OperationCanceledException)
            {
                lines.Writer.TryComplete(failure);
            }
        }
    }

    private static IEnumerable<string> Arguments(JournalQuery query)
    {
        string[] fixedOnes = ["--no-pager", "--quiet", "--output=json", "--unit=" + query.Unit, "--lines=" + query.MostLines.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in fixedOnes)
            yield return argument;

        if (query.SinceUtc is { } since)
            yield return $"--since=@{(since.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture)}";

        if (query.Priority is { } priority)
            yield return "--priority=" + priority.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One line of JSON, or null when it is cut off or not an entry.</summary>
    internal static JournalEntry? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            var entry = document.RootElement;
            return entry.ValueKind == JsonValueKind.Object && Number(entry, "__REALTIME_TIMESTAMP") is { } microseconds
                ? new JournalEntry(
                    DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10),
                    (int)(Number(entry, "PRIORITY") ?? Information),
                    Text(entry, "SYSLOG_IDENTIFIER"),
                    (int?)Number(entry, "_PID"),
                    Text(entry, "MESSAGE"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Number(JsonElement entry, string field) =>
        entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>journalctl gives text as a string, bytes that are no text as an array of numbers, and what is too long as null.</summary>
    private static string Text(JsonElement entry, string field) =>
        !entry.TryGetProperty(field, out var value) ? ""
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Array => Encoding.UTF8.GetString([.. value.EnumerateArray().Select(Byte)]),
            JsonValueKind.Null => "(an entry too long to be shown)",
            _ => value.GetRawText(),
        };

    private static byte Byte(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetByte(out var number) ? number : (byte)'?';
}
