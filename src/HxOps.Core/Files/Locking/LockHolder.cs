using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Tools.Processes;

namespace HxOps.Files.Locking;

/// <summary>Who holds a deployment, as written into the lock file by the holder.</summary>
/// <param name="ProcessId">The holder's process.</param>
/// <param name="ProcessStart">When that process started, in clock ticks since boot: a process number alone may have been given out again.</param>
/// <param name="HostName">The machine it runs on.</param>
/// <param name="Purpose">What it is doing.</param>
/// <param name="SinceUtc">When it took the lock.</param>
public sealed record LockHolder(int ProcessId, long ProcessStart, string HostName, string Purpose, DateTimeOffset SinceUtc)
{
    /// <summary>Whether the holder still runs on this machine.</summary>
    [JsonIgnore]
    public bool IsAlive => HostName == Environment.MachineName && StartOf(ProcessId) == ProcessStart;

    internal static LockHolder Self(string purpose) =>
        new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0, Environment.MachineName, purpose, DateTimeOffset.UtcNow);

    internal static LockHolder? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.IsEmpty ? null : JsonSerializer.Deserialize(json, LockHolderJson.Default.LockHolder);
        }
        catch (JsonException)
        {
            return null; // Half written, or by a stranger: the lock itself counts, not its description.
        }
    }

    private static long? StartOf(int processId) => ProcessStatus.Read(processId) is { IsAlive: true } process ? process.StartTicks : null;
}

[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockHolderJson : JsonSerializerContext;
