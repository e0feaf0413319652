using System.Collections.Immutable;

namespace HxOps.Rollback.Plans;

/// <summary>Something that can be looked at without changing it.</summary>
public abstract record PlanCondition
{
    /// <summary>The condition in a few words, without secrets.</summary>
    public abstract string Describe();
}

/// <summary>A request is answered as expected.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Expect">What must come back.</param>
public sealed record HttpCondition(HttpCall Request, HttpExpectation Expect) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{Request.Describe()} answers {Expect.Status}{string.Concat(Expect.Json.Select(member => $", {member.Key} = {member.Value.Text}"))}";
}

/// <summary>Every page of a set answers with the expected status.</summary>
/// <param name="Base">Base address without a trailing slash.</param>
/// <param name="Pages">Paths below it.</param>
/// <param name="Status">The status code of all of them.</param>
public sealed record PagesCondition(Uri Base, ImmutableArray<string> Pages, int Status) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{Pages.Length} pages of {Base} answer {Status}: {string.Join(", ", Pages)}";
}

/// <summary>A feature flag reads as expected, in all four fields of its endpoint.</summary>
/// <param name="Url">The flag's endpoint.</param>
/// <param name="Flag">Name of the flag.</param>
/// <param name="Position">On or off; off also means a rollout of zero percent.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record FeatureFlagCondition(Uri Url, string Flag, SwitchPosition Position, string? Secret) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"the flag {Flag} reads {Words.Of(Position)}";
}

/// <summary>A kill switch reads as expected at the health endpoint.</summary>
/// <param name="Url">The health endpoint.</param>
/// <param name="Position">On means that no request is served.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record KillSwitchCondition(Uri Url, SwitchPosition Position, string? Secret) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"the kill switch reads {Words.Of(Position)} at {Url}";
}

/// <summary>A file exists or not, or holds a text.</summary>
/// <param name="File">A path on the host.</param>
/// <param name="Exists">Whether it must exist.</param>
/// <param name="Contains">A text that must occur in it, or null.</param>
public sealed record FileCondition(string File, bool Exists, string? Contains) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{File} {(Exists ? "exists" : "does not exist")}{(Contains is null ? "" : $" and contains '{Contains}'")}";
}

/// <summary>An environment file sets a key to a value.</summary>
/// <param name="File">A path on the host.</param>
/// <param name="Key">The variable.</param>
/// <param name="Value">Its value; not shown, since such files hold secrets.</param>
public sealed record EnvironmentFileCondition(string File, string Key, string Value) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{File} sets {Key} as wanted";
}

/// <summary>A unit runs or not.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="Position">On means active.</param>
public sealed record UnitCondition(string Unit, SwitchPosition Position) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{Unit} is {(Position == SwitchPosition.On ? "active" : "inactive")}";
}

/// <summary>The main process of a unit runs a program: its command line, read from the kernel, contains a text.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="Contains">The text.</param>
public sealed record ProcessCondition(string Unit, string Contains) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"the main process of {Unit} runs '{Contains}'";
}

/// <summary>A program exits with zero and, where given, says something.</summary>
/// <param name="Command">The program.</param>
/// <param name="Prints">A text that its output must contain, or null.</param>
public sealed record CommandCondition(CommandLine Command, string? Prints) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"'{Command.Describe()}' succeeds{(Prints is null ? "" : $" and prints '{Prints}'")}";
}

/// <summary>Something accepts connections on a port, or nothing does.</summary>
/// <param name="HostName">Where.</param>
/// <param name="Port">The port.</param>
/// <param name="Position">On means open.</param>
public sealed record PortCondition(string HostName, int Port, SwitchPosition Position) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"port {Port} on {HostName} is {(Position == SwitchPosition.On ? "open" : "closed")}";
}

/// <summary>The gate of the deployment finds it healthy.</summary>
/// <param name="Probes">Only these probes; empty means all that make no model work.</param>
public sealed record GateCondition(ImmutableArray<string> Probes) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => Probes.IsEmpty ? "the gate is healthy" : $"the probes {string.Join(", ", Probes)} are healthy";
}

/// <summary>Services of a compose project stand as wanted. Each one counts by itself: two healthy ones do not stand for a third.</summary>
/// <param name="Project">The project.</param>
/// <param name="Services">The services; empty means all of the project.</param>
/// <param name="Standing">How they must stand.</param>
public sealed record ComposeCondition(ComposeProject Project, ImmutableArray<string> Services, ServiceStanding Standing) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => (Services.Length, Standing) switch
    {
        (0, _) => $"all services in {Project.Folder} are {Standing.ToString().ToLowerInvariant()}",
        _ => $"{Services.Length} services are {Standing.ToString().ToLowerInvariant()}: {string.Join(", ", Services)}",
    };
}

/// <summary>What services have logged has some texts in it and others not.</summary>
/// <param name="Project">The project.</param>
/// <param name="Services">The services; empty means all of the project.</param>
/// <param name="Lines">How many lines of each are read.</param>
/// <param name="Has">Texts that must occur.</param>
/// <param name="Lacks">Texts that must not occur.</param>
public sealed record LogCondition(ComposeProject Project, ImmutableArray<string> Services, int Lines, ImmutableArray<string> Has, ImmutableArray<string> Lacks) : PlanCondition
{
    /// <summary>Only lines with this text are looked at; null looks at all.</summary>
    public string? Of { get; init; }

    /// <inheritdoc/>
    public override string Describe() =>
        $"the last {Lines} log lines{(Of is null ? "" : $" of {Of}")}{string.Concat(Has.Select(text => $" have '{text}'"))}{string.Concat(Lacks.Select(text => $" lack '{text}'"))}";
}

/// <summary>The engine has no container and no volume whose name has a text in it.</summary>
/// <param name="Name">The text.</param>
public sealed record EngineWithoutCondition(string Name) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"the engine has no container and no volume named {Name}";
}

/// <summary>A stream of events begins with text in time, and ends in time when the caller hangs up.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="FirstToken">The longest until the first event that has text.</param>
/// <param name="Cancel">The longest until the connection ends after hanging up.</param>
public sealed record StreamCondition(HttpCall Request, TimeSpan FirstToken, TimeSpan Cancel) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() =>
        $"{Request.Describe()} streams its first text within {FirstToken.TotalMilliseconds:0} ms and ends within {Cancel.TotalMilliseconds:0} ms of a hang-up";
}

/// <summary>Nothing in a database has one of these names.</summary>
/// <param name="Database">The database.</param>
/// <param name="Names">The names.</param>
public sealed record DatabaseWithoutCondition(DatabaseTarget Database, ImmutableArray<string> Names) : PlanCondition
{
    /// <inheritdoc/>
    public override string Describe() => $"{Database.Name} has none of {string.Join(", ", Names)}";
}

/// <summary>On or off.</summary>
public enum SwitchPosition
{
    /// <summary>On, enabled, open, active.</summary>
    On,

    /// <summary>Off, disabled, closed, inactive.</summary>
    Off,
}
