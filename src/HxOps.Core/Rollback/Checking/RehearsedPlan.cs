using System.Collections.Immutable;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Checking;

/// <summary>Turns a scenario into one that can be run without harm: addresses lead to the stand-in site, and what would touch this machine beyond files is left out.</summary>
internal sealed class RehearsedPlan(RehearsalSite site)
{
    private readonly SortedSet<string> _standIns = new(StringComparer.Ordinal);

    /// <summary>What is not done for real.</summary>
    public ImmutableArray<string> StandIns => [.. _standIns];

    /// <summary>Notes something that is not done for real.</summary>
    public void Note(string what) => _standIns.Add(what);

    /// <summary>The scenario as it is rehearsed.</summary>
    public PlanScenario Of(PlanScenario scenario)
    {
        // Flags first that somebody sets: those begin at the other position.
        foreach (var action in scenario.Steps.Select(step => step.Action).OfType<FeatureFlagAction>())
        {
            site.AddFlag(site.StandIn(action.Url), action.Flag, action.Position == SwitchPosition.On ? SwitchPosition.Off : SwitchPosition.On);
        }

        return scenario with { Approvals = [], Steps = [.. scenario.Steps.Select(Step)], Success = Conditions(scenario.Success) };
    }

    private PlanStep Step(PlanStep step) => step with
    {
        Action = Action(step.Action),
        Alternative = step.Alternative is { } other ? new StepAlternative(Action(other.Action), Conditions(other.Observe)) : null,
        When = [],
        Observe = Conditions(step.Observe),
        Undo = step.Undo is { } undo ? Action(undo) : null,
    };

    private PlanAction Action(PlanAction action)
    {
        switch (action)
        {
            case CopyFileAction or WriteFileAction or RemoveFileAction or EnvironmentFileAction or DropInAction or AnnouncementAction or ApprovalAction or WaitAction:
                return action;
            case HttpAction http:
                site.Expect(http.Request.Method, site.StandIn(http.Request.Url), http.Expect);
                return http with { Request = Call(http.Request) };
            case KillSwitchAction thrown:
                site.AddKillSwitch(site.StandIn(thrown.Url), site.StandIn(thrown.Health));
                return thrown with { Url = At(thrown.Url), Health = At(thrown.Health), Secret = null };
            case FeatureFlagAction flag:
                return flag with { Url = At(flag.Url), Secret = null };
            case PagesAction pages:
                Expect(pages.Base, pages.Pages, pages.Status);
                return pages with { Base = At(pages.Base) };
            default:
                _standIns.Add(action.Describe());
                return new WaitAction();
        }
    }

    private ImmutableArray<PlanCondition> Conditions(ImmutableArray<PlanCondition> conditions) => [.. conditions.Select(Condition).OfType<PlanCondition>()];

    private PlanCondition? Condition(PlanCondition condition)
    {
        switch (condition)
        {
            case FileCondition or EnvironmentFileCondition:
                return condition;
            case HttpCondition http:
                site.Expect(http.Request.Method, site.StandIn(http.Request.Url), http.Expect);
                return http with { Request = Call(http.Request) };
            case PagesCondition pages:
                Expect(pages.Base, pages.Pages, pages.Status);
                return pages with { Base = At(pages.Base) };
            case FeatureFlagCondition flag:
                site.AddFlag(site.StandIn(flag.Url), flag.Flag, flag.Position);
                return flag with { Url = At(flag.Url), Secret = null };
            case KillSwitchCondition thrown:
                site.AddHealth(site.StandIn(thrown.Url), thrown.Position);
                return thrown with { Url = At(thrown.Url), Secret = null };
            default:
                _standIns.Add("see that " + condition.Describe());
                return null;
        }
    }

    private void Expect(Uri address, ImmutableArray<string> pages, int status)
    {
        foreach (var page in pages)
        {
            site.Expect("HEAD", new Uri(site.StandIn(address).AbsoluteUri.TrimEnd('/') + page), HttpExpectation.Ok with { Status = status });
        }
    }

    private HttpCall Call(HttpCall call) => call with { Url = At(call.Url), Secret = null };

    private Uri At(Uri url)
    {
        _standIns.Add($"answers of {url.GetLeftPart(UriPartial.Authority)}");
        return site.StandIn(url);
    }
}
