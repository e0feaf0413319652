using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>One question that the gate asks, and what answer it wants. All of it comes from the deployment file.</summary>
public abstract record ProbeDefinition
{
    /// <summary>Name, unique within the deployment, such as <c>models</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the verdict hangs on it.</summary>
    public required Importance Importance { get; init; }

    /// <summary>Which part of the gateway it asks.</summary>
    public required GatewayLayer Layer { get; init; }

    /// <summary>How long it may take; then it counts as unanswered.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>What is asked, for reports that put the answer into words.</summary>
    public abstract ProbeKind Kind { get; }

    /// <summary>Whether it makes a model work, which costs tokens or seconds. The free profile leaves it out.</summary>
    public virtual bool CostsTokens => false;
}

/// <summary>The unit is active.</summary>
public sealed record UnitProbe(string Unit) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Unit;
}

/// <summary>Something accepts connections on the port.</summary>
public sealed record PortProbe(string HostName, int Port) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Port;
}

/// <summary>A GET answers with the expected status and, where given, JSON values.</summary>
/// <param name="Endpoint">Name of the endpoint.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">Expected status code.</param>
/// <param name="Expect">JSON members that must have these texts, by dotted path, such as <c>status: ok</c>.</param>
public sealed record HttpProbe(string Endpoint, string Path, int Status, ImmutableSortedDictionary<string, string> Expect) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Http;
}

/// <summary>LiteLLM's <c>/health</c>, which calls every model: judged by status code, allowed to be slow.</summary>
public sealed record DeepHealthProbe(string Endpoint, string Path) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.DeepHealth;

    /// <inheritdoc/>
    public override bool CostsTokens => true;
}

/// <summary><c>/v1/models</c> lists so many models, these among them.</summary>
public sealed record ModelsProbe(string Endpoint, int? Count, ImmutableArray<string> Names) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Models;
}

/// <summary><c>/v1/embeddings</c> answers with a vector of so many dimensions.</summary>
public sealed record EmbeddingsProbe(string Endpoint, string Model, int Dimensions) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Embeddings;

    /// <inheritdoc/>
    public override bool CostsTokens => true;
}

/// <summary>The same chat request, sent twice with temperature 0 and a fixed seed, answers with equal, non-empty content.</summary>
public sealed record ChatProbe(string Endpoint, string Model, string Prompt, int Seed) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Chat;

    /// <inheritdoc/>
    public override bool CostsTokens => true;
}

/// <summary>A streamed chat gives its first non-empty token in time, and hanging up is quick.</summary>
public sealed record StreamProbe(string Endpoint, string Model, string Prompt, TimeSpan FirstToken, TimeSpan Cancel) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Stream;

    /// <inheritdoc/>
    public override bool CostsTokens => true;
}

/// <summary>An Ollama backend answers <c>/api/tags</c> with a list of models.</summary>
public sealed record BackendProbe(string Endpoint) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Backend;
}

/// <summary>The newest file that matches is shown, and does not contain a line that matches <paramref name="FailurePattern"/>.</summary>
/// <param name="Pattern">A host path whose last segment may hold wildcards.</param>
/// <param name="FailurePattern">A regular expression, or null to only show the log.</param>
/// <param name="Lines">How many last lines are shown.</param>
public sealed record LogProbe(string Pattern, string? FailurePattern, int Lines) : ProbeDefinition
{
    /// <inheritdoc/>
    public override ProbeKind Kind => ProbeKind.Log;
}

/// <summary>Whether the verdict hangs on a probe.</summary>
public enum Importance
{
    /// <summary>The gateway is unhealthy without it.</summary>
    Required,

    /// <summary>Its failure is reported and does not change the verdict.</summary>
    Wanted,
}

/// <summary>A part of the gateway that can fail by itself.</summary>
public enum GatewayLayer
{
    /// <summary>The machine: units, ports, logs.</summary>
    Host,

    /// <summary>The wrapper in front of LiteLLM.</summary>
    Wrapper,

    /// <summary>LiteLLM.</summary>
    Upstream,

    /// <summary>The model servers behind LiteLLM.</summary>
    Backend,
}
