namespace HxOps.Services.Units;

/// <summary>One assignment of a unit file.</summary>
/// <param name="Section">The section it stands in, such as <c>Service</c>.</param>
/// <param name="Key">What is assigned, such as <c>ExecStart</c>.</param>
/// <param name="Value">The text, continuation lines joined; empty for a reset.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record UnitSetting(string Section, string Key, string Value, UnitOrigin Origin)
{
    /// <summary>The later line that takes its effect away, or null while it holds.</summary>
    public UnitOrigin? ShadowedBy { get; init; }

    /// <summary>Whether it holds: not shadowed, and not itself a reset.</summary>
    public bool IsEffective => ShadowedBy is null && Value.Length > 0;
}
