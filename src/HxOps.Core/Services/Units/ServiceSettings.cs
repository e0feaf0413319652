using System.Collections.Immutable;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>The <c>[Service]</c> section of a unit, typed: what a program that runs it has to know.</summary>
public sealed record ServiceSettings
{
    internal const string Section = "Service";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(90);

    /// <summary>How the service tells that it runs.</summary>
    public ServiceType Type { get; private init; }

    /// <summary>Whether a oneshot service counts as active after it has ended well.</summary>
    public bool RemainsAfterExit { get; private init; }

    /// <summary><c>ExecStartPre=</c>.</summary>
    public ImmutableArray<ExecCommand> BeforeStart { get; private init; } = [];

    /// <summary><c>ExecStart=</c>; several only for a oneshot service.</summary>
    public ImmutableArray<ExecCommand> Start { get; private init; } = [];

    /// <summary><c>ExecStartPost=</c>.</summary>
    public ImmutableArray<ExecCommand> AfterStart { get; private init; } = [];

    /// <summary><c>ExecReload=</c>.</summary>
    public ImmutableArray<ExecCommand> Reload { get; private init; } = [];

    /// <summary><c>ExecStop=</c>.</summary>
    public ImmutableArray<ExecCommand> Stop { get; private init; } = [];

    /// <summary><c>ExecStopPost=</c>.</summary>
    public ImmutableArray<ExecCommand> AfterStop { get; private init; } = [];

    /// <summary><c>Environment=</c>, later ones last.</summary>
    public ImmutableArray<EnvironmentVariable> Environment { get; private init; } = [];

    /// <summary><c>EnvironmentFile=</c>; what they set wins over <see cref="Environment"/>.</summary>
    public ImmutableArray<OptionalPath> EnvironmentFiles { get; private init; } = [];

    /// <summary><c>PassEnvironment=</c>: variables taken from whoever starts the service.</summary>
    public ImmutableArray<string> PassedEnvironment { get; private init; } = [];

    /// <summary><c>WorkingDirectory=</c>, or null for <c>/</c>; <c>~</c> is the user's home.</summary>
    public OptionalPath? WorkingFolder { get; private init; }

    /// <summary><c>User=</c>, or null.</summary>
    public string? User { get; private init; }

    /// <summary><c>Group=</c>, or null.</summary>
    public string? Group { get; private init; }

    /// <summary><c>KillSignal=</c> as a number.</summary>
    public int StopSignal { get; private init; } = ServiceSettingsReader.DefaultSignal;

    /// <summary><c>KillMode=</c>.</summary>
    public KillMode KillMode { get; private init; }

    /// <summary><c>TimeoutStartSec=</c>; endless by default for a oneshot service.</summary>
    public TimeSpan StartTimeout { get; private init; } = DefaultTimeout;

    /// <summary><c>TimeoutStopSec=</c>.</summary>
    public TimeSpan StopTimeout { get; private init; } = DefaultTimeout;

    /// <summary><c>LimitNOFILE=</c>, the hard limit where two are given, or null.</summary>
    public ulong? MostOpenFiles { get; private init; }

    /// <summary>What its files hold and systemd passes over, by file and line.</summary>
    public ImmutableArray<string> Remarks { get; private init; } = [];

    /// <summary>What holds for a service whose file is gone.</summary>
    internal static ServiceSettings Default { get; } = new();

    /// <summary>Reads a unit's section.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> with file and line, for what systemd refuses.</exception>
    public static ServiceSettings Of(UnitDefinition unit)
    {
        var reader = new ServiceSettingsReader(unit);
        var start = reader.Commands("ExecStart");
        var type = reader.Type();
        if (type != ServiceType.Oneshot && start.Length > 1)
        {
            throw UnitFileParser.Invalid(start[1].Origin, "a second ExecStart= is only allowed for Type=oneshot; an empty ExecStart= before it resets the first");
        }

        var timeout = reader.Time("TimeoutSec");
        var settings = new ServiceSettings
        {
            Type = type,
            RemainsAfterExit = reader.Boolean("RemainAfterExit"),
            BeforeStart = reader.Commands("ExecStartPre"),
            Start = start,
            AfterStart = reader.Commands("ExecStartPost"),
            Reload = reader.Commands("ExecReload"),
            Stop = reader.Commands("ExecStop"),
            AfterStop = reader.Commands("ExecStopPost"),
            Environment = reader.Environment(),
            EnvironmentFiles = reader.EnvironmentFiles(),
            PassedEnvironment = reader.Words("PassEnvironment"),
            WorkingFolder = reader.WorkingFolder(),
            User = reader.Text("User"),
            Group = reader.Text("Group"),
            StopSignal = reader.Signal("KillSignal"),
            KillMode = reader.KillMode(),
            StartTimeout = reader.Time("TimeoutStartSec") ?? timeout ?? (type == ServiceType.Oneshot ? Timeout.InfiniteTimeSpan : DefaultTimeout),
            StopTimeout = reader.Time("TimeoutStopSec") ?? timeout ?? DefaultTimeout,
            MostOpenFiles = reader.Limit("LimitNOFILE"),
        };
        return settings with { Remarks = [.. unit.Remarks, .. reader.Remarks] };
    }
}

/// <summary>A variable that a unit file sets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record EnvironmentVariable(string Name, string Value)
{
    /// <summary>The name alone: the value may be a secret.</summary>
    public override string ToString() => Name;
}

/// <summary>A path whose absence may be accepted (<c>-</c> before it).</summary>
/// <param name="Path">Host path.</param>
/// <param name="MayBeMissing">Whether its absence is no failure.</param>
/// <param name="Origin">The line it comes from.</param>
public sealed record OptionalPath(string Path, bool MayBeMissing, UnitOrigin Origin);

/// <summary>How a service tells that it runs.</summary>
public enum ServiceType
{
    /// <summary>It runs as soon as it was started.</summary>
    Simple,

    /// <summary>It runs as soon as its program was executed.</summary>
    Exec,

    /// <summary>It runs to its end.</summary>
    Oneshot,

    /// <summary>It says so itself.</summary>
    Notify,

    /// <summary>Its first process ends when a child of it runs.</summary>
    Forking,
}

/// <summary>Which processes of a service a stop signals.</summary>
public enum KillMode
{
    /// <summary>All of them.</summary>
    ControlGroup,

    /// <summary>The main process; what is left at the end is killed.</summary>
    Mixed,

    /// <summary>The main process only.</summary>
    Process,

    /// <summary>None.</summary>
    None,
}
