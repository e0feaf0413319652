using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>How the gate is to be asked.</summary>
public sealed record GateRequest
{
    /// <summary>Every probe, once.</summary>
    public static GateRequest Once { get; } = new();

    /// <summary>Which probes are asked.</summary>
    public GateProfile Profile { get; init; }

    /// <summary>Only the probes of these names; empty means all of the profile.</summary>
    public ImmutableArray<string> Probes { get; init; } = [];

    /// <summary>How long to go on asking until the verdict is healthy; zero asks once.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The longest pause between two rounds; pauses grow up to it.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Which probes are asked.</summary>
public enum GateProfile
{
    /// <summary>All of them.</summary>
    Full,

    /// <summary>Only those that make no model work.</summary>
    Free,
}
