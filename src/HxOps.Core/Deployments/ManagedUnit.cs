namespace HxOps.Deployments;

/// <summary>A unit that a restore stops and starts.</summary>
/// <param name="Name">Full unit name, such as <c>hx-litellm-gateway.service</c>.</param>
/// <param name="Start">When a restore starts it.</param>
public sealed record ManagedUnit(string Name, StartRule Start);

/// <summary>When a restore starts a unit after it has stopped it.</summary>
public enum StartRule
{
    /// <summary>Always: the gateway itself, which may be down when a restore is called for.</summary>
    Always,

    /// <summary>If it is enabled in what was restored, or was active before.</summary>
    Enabled,

    /// <summary>Only if it was active before.</summary>
    WasActive,

    /// <summary>Never: something else starts it, such as a timer.</summary>
    Never,
}
