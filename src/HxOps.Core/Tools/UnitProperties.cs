using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Tools;

/// <summary>What systemd says of a unit: states as properties, not as text for people.</summary>
public sealed record UnitProperties
{
    /// <summary>The properties that are asked for.</summary>
    internal const string Wanted =
        "Id,LoadState,ActiveState,SubState,Result,MainPID,NRestarts,ExecMainCode,ExecMainStatus,UnitFileState,FragmentPath,DropInPaths,"
        + "NeedDaemonReload,CanReload,StateChangeTimestamp,ActiveEnterTimestamp,TimeoutStopUSec,MemoryCurrent,CPUUsageNSec,ExecStart,Job";

    private const string TimeForm = "ddd yyyy-MM-dd HH:mm:ss 'UTC'";

    private UnitProperties(ImmutableDictionary<string, string> values) => Values = values;

    /// <summary>Every property as systemd prints it.</summary>
    public ImmutableDictionary<string, string> Values { get; }

    /// <summary>Full unit name.</summary>
    public string Id => Text("Id");

    /// <summary><c>loaded</c>, <c>not-found</c>, <c>masked</c>, <c>bad-setting</c>, <c>error</c>.</summary>
    public string LoadState => Text("LoadState");

    /// <summary><c>active</c>, <c>inactive</c>, <c>activating</c>, <c>deactivating</c>, <c>reloading</c>, <c>failed</c>.</summary>
    public string ActiveState => Text("ActiveState");

    /// <summary>The finer state, such as <c>running</c>, <c>exited</c> or <c>auto-restart</c>.</summary>
    public string SubState => Text("SubState");

    /// <summary>How the last run ended: <c>success</c>, <c>exit-code</c>, <c>signal</c>, <c>timeout</c> and others.</summary>
    public string Result => Text("Result");

    /// <summary><c>enabled</c>, <c>disabled</c>, <c>static</c> and others; empty for a unit without a file.</summary>
    public string UnitFileState => Text("UnitFileState");

    /// <summary>Path of the unit file; empty when there is none.</summary>
    public string FragmentPath => Text("FragmentPath");

    /// <summary>Paths of the drop-ins in the order in which they take effect.</summary>
    public ImmutableArray<string> DropInPaths => [.. Text("DropInPaths").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The effective start command after all drop-ins, in systemd's own notation.</summary>
    public string ExecStart => Text("ExecStart");

    /// <summary>The words of <see cref="ExecStart"/> joined by blanks, a line for each command; null where systemd prints none.</summary>
    public string? StartCommand
    {
        get
        {
            var commands = ExecStart.Split('\n').Select(Words).OfType<string>().ToList();
            return commands.Count == 0 ? null : string.Join('\n', commands);
        }
    }

    /// <summary>The main process, or null.</summary>
    public int? MainProcessId => Number("MainPID") is > 0 and var id ? (int)id : null;

    /// <summary>How often systemd has restarted the unit by itself.</summary>
    public int Restarts => (int)(Number("NRestarts") ?? 0);

    /// <summary>Exit code or signal of the main process's last run.</summary>
    public int ExitStatus => (int)(Number("ExecMainStatus") ?? 0);

    /// <summary>Whether files changed on disk since systemd last read them.</summary>
    public bool NeedsDaemonReload => Text("NeedDaemonReload") == "yes";

    /// <summary>Whether the unit can read its configuration again without a restart.</summary>
    public bool CanReload => Text("CanReload") == "yes";

    /// <summary>Whether a start or stop is still under way.</summary>
    public bool HasJob => Number("Job") is > 0;

    /// <summary>Memory in bytes, or null where it is not accounted.</summary>
    public long? MemoryBytes => Number("MemoryCurrent");

    /// <summary>CPU time used, or null where it is not accounted.</summary>
    public TimeSpan? CpuTime => Number("CPUUsageNSec") is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : null;

    /// <summary>When the unit last changed its state, to the second.</summary>
    public DateTimeOffset? StateChangedUtc => Time("StateChangeTimestamp");

    /// <summary>When the unit last became active, to the second.</summary>
    public DateTimeOffset? ActivatedUtc => Time("ActiveEnterTimestamp");

    /// <summary>Reads what <c>systemctl show</c> prints.</summary>
    internal static UnitProperties Parse(string output)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                // A list property, such as ExecStart of a oneshot unit, is printed once for each entry.
                var name = line[..equals];
                values[name] = values.TryGetValue(name, out var earlier) ? $"{earlier}\n{line[(equals + 1)..]}" : line[(equals + 1)..];
            }
        }

        return new UnitProperties(values.ToImmutable());
    }

    /// <summary>The argument list in <c>{ path=... ; argv[]=... ; ignore_errors=... }</c>.</summary>
    private static string? Words(string command)
    {
        const string begin = " argv[]=";
        var from = command.IndexOf(begin, StringComparison.Ordinal);
        var to = command.LastIndexOf(" ; ignore_errors=", StringComparison.Ordinal);
        return from < 0 || to < from ? null : command[(from + begin.Length)..to];
    }

    private string Text(string name) => Values.GetValueOrDefault(name, "");

    /// <summary>A number; null for <c>[not set]</c> and for the largest one, by which systemd says the same.</summary>
    private long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParseExact(Text(name), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
