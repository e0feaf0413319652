using System.Collections.Immutable;
using HxOps.Formats;
using HxOps.Formats.Shapes;
using HxOps.Rollback.Criteria;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shapes of criteria.</summary>
internal static class CriteriaShapes
{
    private static readonly ChoiceShape<string> AnySignal = new([.. SignalCatalog.Names.Select(name => (name, name))]);
    private static readonly ChoiceShape<string> AnyFlag = new([.. SignalCatalog.All.Where(signal => signal.IsFlag).Select(signal => (signal.Name, signal.Name))]);

    private static readonly ShapeKey<string> RuleName = ShapeKey.Required("name", "How people call it; unique within the criteria.", TextShape.Any);
    private static readonly ShapeKey<string> Signal = ShapeKey.Required("signal", "The signal that is judged.", AnySignal);
    private static readonly ShapeKey<double> Above = ShapeKey.Optional("above", "A number above this matches; the limit itself does not.", new NumberShape());
    private static readonly ShapeKey<double> Below = ShapeKey.Optional("below", "A number below this matches; the limit itself does not.", new NumberShape());
    private static readonly ShapeKey<string> While = ShapeKey.Optional("while", "A flag that must be true as well.", AnyFlag);

    private static readonly ShapeKey<Decision> TierDecision = ShapeKey.Required("decision", "What follows from a match.",
        new ChoiceShape<Decision>(("Immediate", Decision.Immediate), ("WithinTheHour", Decision.WithinTheHour), ("Consider", Decision.Consider), ("FixForward", Decision.FixForward)));

    private static readonly ShapeKey<TimeSpan> Deadline = ShapeKey.Optional("deadline", "Within which time it has to be done.", PartShapes.Duration);
    private static readonly ShapeKey<ImmutableArray<CriteriaRule>> Any = ShapeKey.Required("any", "Conditions of which one is enough.",
        new ListShape<CriteriaRule>(new MappingShape<CriteriaRule>("a rule", [RuleName, Signal, Above, Below, While], Rule)));

    private static readonly ShapeKey<string> Ask = ShapeKey.Required("ask", "The question.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> Matches = ShapeKey.Optional("matches", "Names of the rules of which one makes it a yes; none asks whether to fix forward.", PartShapes.Texts);
    private static readonly ShapeKey<string> Yes = ShapeKey.Required("yes", "Where a yes leads.", TextShape.Any);
    private static readonly ShapeKey<string> No = ShapeKey.Optional("no", "Where a no leads when no question follows.", TextShape.Any);

    private static readonly ShapeKey<ImmutableArray<CriteriaTier>> Tiers = ShapeKey.Required("tiers", "The tiers, most severe first.",
        new ListShape<CriteriaTier>(new MappingShape<CriteriaTier>("a tier", [TierDecision, Deadline, Any],
            (values, _) => new CriteriaTier(values.Get(TierDecision), values.GetOrNull(Deadline), values.Get(Any))), tier => tier.Decision.ToString()));

    private static readonly ShapeKey<ImmutableArray<TreeQuestion>> Tree = ShapeKey.Optional("tree", "The decision tree's questions in order.",
        new ListShape<TreeQuestion>(new MappingShape<TreeQuestion>("a question", [Ask, Matches, Yes, No],
            (values, _) => new TreeQuestion(values.Get(Ask), PartShapes.List(values, Matches), values.Get(Yes), values.Get(No, "")))));

    /// <summary>The criteria of a plan.</summary>
    public static MappingShape<RollbackCriteria> Criteria { get; } = new("criteria", [Tiers, Tree], Whole);

    private static CriteriaRule? Rule(ShapeValues values, ShapeReading reading)
    {
        var signal = values.Get(Signal);
        var (above, below) = (values.GetOrNull(Above), values.GetOrNull(Below));
        var limits = (above is null ? 0 : 1) + (below is null ? 0 : 1);
        var isFlag = SignalCatalog.Find(signal)!.IsFlag;
        if (limits != (isFlag ? 0 : 1))
        {
            reading.Report(values.Position, isFlag
                ? $"the signal {signal} is true or false and has no limit"
                : $"a rule on the number {signal} needs one of 'above' and 'below'");
            return null;
        }

        var comparison = isFlag ? Comparison.IsTrue : above is null ? Comparison.Below : Comparison.Above;
        return new CriteriaRule(values.Get(RuleName), signal, comparison, above ?? below ?? 0, values.Get(While, null));
    }

    private static RollbackCriteria? Whole(ShapeValues values, ShapeReading reading)
    {
        var criteria = new RollbackCriteria(values.Get(Tiers), PartShapes.List(values, Tree));
        var names = criteria.Tiers.SelectMany(tier => tier.Rules).Select(rule => rule.Name).ToList();
        var problems = names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"two rules are called '{group.Key}'")
            .Concat(criteria.Tree.SelectMany(question => question.Rules).Except(names)
                .Select(name => $"the tree names the rule '{name}', which does not exist{NearestName.Hint(name, names)}"))
            .ToList();
        problems.ForEach(problem => reading.Report(values.Position, problem));
        return problems.Count == 0 ? criteria : null;
    }
}
