using HxOps.Rollback.Actions;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>Decides about a step that was killed between its intention and its effect's record.</summary>
internal static class Doubt
{
    /// <summary>Whether an effect that is not seen yet may still be seen, and nothing but that can settle the doubt.</summary>
    public static bool MayYetBeSeen(PlanStep step, StepWay way, StepStory story, DoubtRule rule) =>
        way.Executor.RepeatOf(way.Action) == RepeatRule.OnceSent && story.HeldBefore == false && !step.IsRepeatable && rule == DoubtRule.Ask;

    public static DoubtDecision Decide(PlanStep step, StepWay way, StepStory story, ConditionFinding now, DoubtRule rule) =>
        (way.Executor.RepeatOf(way.Action), now.Holds) switch
        {
            // Something that held before its effect as well proves nothing; for what makes a state so, the state is all that counts.
            (RepeatRule.Converges, true) => DoubtDecision.Happened,
            (RepeatRule.Once or RepeatRule.OnceSent, true) when story.HeldBefore == false => DoubtDecision.Happened,
            (RepeatRule.Converges or RepeatRule.Harmless, _) => DoubtDecision.Repeat,
            (RepeatRule.Once, false) when !way.Observe.IsEmpty => DoubtDecision.Repeat,
            _ when step.IsRepeatable => DoubtDecision.Repeat,
            _ => rule switch { DoubtRule.Repeat => DoubtDecision.Repeat, DoubtRule.Skip => DoubtDecision.Happened, _ => DoubtDecision.Unknown },
        };
}

/// <summary>What follows for a step in doubt.</summary>
internal enum DoubtDecision
{
    /// <summary>It has happened.</summary>
    Happened,

    /// <summary>It is done again.</summary>
    Repeat,

    /// <summary>A person must look.</summary>
    Unknown,
}

/// <summary>What the user says about a step in doubt that nothing else settles.</summary>
public enum DoubtRule
{
    /// <summary>Nothing: the resumed run stops there and names the step.</summary>
    Ask,

    /// <summary>It has not happened: do it again.</summary>
    Repeat,

    /// <summary>It has happened: go on behind it.</summary>
    Skip,
}
