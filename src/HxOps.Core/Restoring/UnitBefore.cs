namespace HxOps.Restoring;

/// <summary>What a unit did before a restore.</summary>
/// <param name="Name">Full unit name.</param>
/// <param name="WasActive">Whether it ran, or was on its way up.</param>
internal sealed record UnitBefore(string Name, bool WasActive);
