using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Output;

/// <summary>How feature flags and kill switches look.</summary>
internal static class SwitchViews
{
    public static void Flag(Page page, FlagState flag)
    {
        page.Sentence($"{Sign(flag.Answered, flag.State)} {flag.Id} is {Word(flag.State)} ({flag.Answered.ToString().ToLowerInvariant()})", indent: 3);
        page.Facts(("Found", flag.Finding), ("Seen", Amounts.Moment(flag.ObservedUtc)), ("Address", flag.Url));
    }

    public static void KillSwitch(Page page, KillSwitchState state)
    {
        page.Sentence($"{Sign(state.Answered, state.State)} the kill switch is {Word(state.State)} ({state.Answered.ToString().ToLowerInvariant()})", indent: 3);
        page.Facts(("Found", state.Finding), ("Seen", Amounts.Moment(state.ObservedUtc)), ("Address", state.Id), ("Health", state.Health));
    }

    private static string Sign(AnswerSource answered, SwitchPosition? state) => answered == AnswerSource.Live && state is not null ? Signs.Good : Signs.Unsure;

    private static string Word(SwitchPosition? state) => state?.ToString().ToLowerInvariant() ?? "neither on nor off";
}
