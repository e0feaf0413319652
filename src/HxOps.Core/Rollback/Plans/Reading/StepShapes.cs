using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using static HxOps.Rollback.Plans.Reading.PartShapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shapes of scenarios and their steps.</summary>
internal static class StepShapes
{
    private const int MostAttempts = 20;

    private static readonly ShapeKey<string> StepName = ShapeKey.Required("name", "Name, unique within the scenario.", Name);
    private static readonly ShapeKey<string> Description = ShapeKey.Optional("description", "What it is for.", TextShape.Any);
    private static readonly ShapeKey<PlanAction> Action = ShapeKey.Required("action", "What is done.", ActionShapes.Action);
    private static readonly ShapeKey<TimeSpan> Budget = ShapeKey.Required("budget", "The longest it may take; then its process group is ended.", Duration);
    private static readonly ShapeKey<int> Attempts = ShapeKey.Optional("attempts", "How often it is tried; once unless given.", new IntegerShape(1, MostAttempts));
    private static readonly ShapeKey<ImmutableArray<PlanCondition>> Observe = ShapeKey.Optional("observe", "What must become true after it.", ConditionShapes.Conditions);
    private static readonly ShapeKey<ImmutableArray<PlanCondition>> When = ShapeKey.Optional("when", "What must hold for the step to be needed.", ConditionShapes.Conditions);
    private static readonly ShapeKey<PlanAction> Undo = ShapeKey.Optional("undo", "How it is taken back; file changes are taken back without it.", ActionShapes.Action);
    private static readonly ShapeKey<StepImportance> Importance = ShapeKey.Optional("importance", "Whether success hangs on it; critical unless given.",
        new ChoiceShape<StepImportance>(("critical", StepImportance.Critical), ("wanted", StepImportance.Wanted)));

    private static readonly ShapeKey<FailureRule> OnFailure = ShapeKey.Optional("on-failure", "What happens when a critical step fails; compensate unless given.",
        new ChoiceShape<FailureRule>(("compensate", FailureRule.Compensate), ("stop", FailureRule.Stop), ("continue", FailureRule.Continue)));

    private static readonly ShapeKey<bool> Repeatable = ShapeKey.Optional("repeatable", "Whether doing it twice does no harm.", new SwitchShape());

    private static readonly ShapeKey<StepAlternative> Otherwise = ShapeKey.Optional("else", "Another way, taken when every attempt has failed.",
        new MappingShape<StepAlternative>("an alternative", [Action, Observe], (values, _) => new StepAlternative(values.Get(Action), List(values, Observe))));

    private static readonly ShapeKey<string> ScenarioName = ShapeKey.Required("name", "Name by which commands choose it.", Name);
    private static readonly ShapeKey<ImmutableArray<string>> Approvals = ShapeKey.Optional("approvals", "Roles of those who must agree before it begins.", Texts);
    private static readonly ShapeKey<ImmutableArray<PlanStep>> Steps = ShapeKey.Required("steps", "What is done, in order.",
        new ListShape<PlanStep>(new MappingShape<PlanStep>("a step",
            [StepName, Description, Action, Budget, Attempts, Otherwise, When, Observe, Undo, Importance, OnFailure, Repeatable], Step), step => step.Name));

    private static readonly ShapeKey<ImmutableArray<PlanCondition>> Success = ShapeKey.Optional("success", "What must be seen at the end.", ConditionShapes.Conditions);

    /// <summary>The scenarios of a plan.</summary>
    public static ListShape<PlanScenario> Scenarios { get; } = new(
        new MappingShape<PlanScenario>("a scenario", [ScenarioName, Description, Budget, Approvals, Steps, Success], Scenario), scenario => scenario.Name);

    private static PlanStep? Step(ShapeValues values, ShapeReading reading)
    {
        var step = new PlanStep
        {
            Name = values.Get(StepName),
            Description = values.Get(Description, ""),
            Action = values.Get(Action),
            Budget = values.Get(Budget),
            Attempts = values.GetOrNull(Attempts) ?? 1,
            Alternative = values.Get(Otherwise, null),
            When = List(values, When),
            Observe = List(values, Observe),
            Undo = values.Get(Undo, null),
            Importance = values.GetOrNull(Importance) ?? StepImportance.Critical,
            OnFailure = values.GetOrNull(OnFailure) ?? FailureRule.Compensate,
            IsRepeatable = values.GetOrNull(Repeatable) ?? false,
        };
        if (step.Action is not WaitAction || !step.Observe.IsEmpty)
        {
            return step;
        }

        reading.Report(values.Position, $"the step '{step.Name}' waits for nothing; it needs 'observe'");
        return null;
    }

    private static PlanScenario? Scenario(ShapeValues values, ShapeReading reading)
    {
        var scenario = new PlanScenario(
            values.Get(ScenarioName), values.Get(Description, ""), values.Get(Budget), List(values, Approvals), values.Get(Steps), List(values, Success));
        var tooLong = scenario.Steps.FirstOrDefault(step => step.Budget > scenario.Budget);
        if (tooLong is null && !scenario.Steps.IsEmpty)
        {
            return scenario;
        }

        reading.Report(values.Position, tooLong is null
            ? $"the scenario '{scenario.Name}' has no step"
            : $"the step '{tooLong.Name}' has a greater budget than its scenario '{scenario.Name}'");
        return null;
    }
}
