using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>What one answer says of a switch.</summary>
/// <param name="Answered">Live or cached; default when the answer says nothing of the switch, or none came.</param>
/// <param name="State">On or off; null when that is not told or contradictory.</param>
/// <param name="IsWhole">Whether nothing in the answer speaks against that state.</param>
/// <param name="RolloutPercent">The share of users that a flag is on for; null when the answer does not say.</param>
/// <param name="Finding">What was found, in a few words.</param>
internal sealed record SwitchReading(AnswerSource Answered, SwitchPosition? State, bool IsWhole, double? RolloutPercent, string Finding)
{
    /// <summary>An answer that says nothing of the switch.</summary>
    public static SwitchReading Silent(string finding) => new(AnswerSource.Default, null, false, null, finding);

    /// <summary>Whether the switch itself reads so; null when it was not seen: nobody told, or only a cache did.</summary>
    public bool? Reads(SwitchPosition wanted) => Answered == AnswerSource.Live ? State == wanted && IsWhole : null;
}
