namespace HxOps.Rollback.Conditions;

/// <summary>What a look at a condition gave.</summary>
/// <param name="Holds">Whether it holds; null when it could not be seen.</param>
/// <param name="Text">What was found, in a few words without secrets.</param>
internal sealed record ConditionFinding(bool? Holds, string Text)
{
    public static ConditionFinding Yes(string text) => new(true, text);

    public static ConditionFinding No(string text) => new(false, text);

    public static ConditionFinding Unseen(string text) => new(null, text);
}
