using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using HxOps.Rollback.Criteria;
using static HxOps.Rollback.Plans.Reading.PartShapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shape of a whole plan: what the reader accepts and what the JSON Schema says.</summary>
internal static class PlanShapes
{
    private static readonly ShapeKey<int> Format = ShapeKey.Required("format", "Version of the format: 1.", new IntegerShape(RollbackPlan.CurrentFormat, RollbackPlan.CurrentFormat));
    private static readonly ShapeKey<string> PlanName = ShapeKey.Required("name", "Name by which commands choose it.", Name);
    private static readonly ShapeKey<string> Description = ShapeKey.Required("description", "One line on what it is for.", TextShape.Any);
    private static readonly ShapeKey<string> Owner = ShapeKey.Required("owner", "Who keeps it right.", TextShape.Any);
    private static readonly ShapeKey<string> Version = ShapeKey.Required("version", "Version of the plan itself.", TextShape.Any);
    private static readonly ShapeKey<string> Review = ShapeKey.Optional("review", "How often it is read again.", TextShape.Any);
    private static readonly ShapeKey<string> Root = ShapeKey.Required("root", "The folder that relative paths start from.", new TextShape("an absolute path", "/.*"));
    private static readonly ShapeKey<TimeSpan> TargetTime = ShapeKey.Required("target", "Time within which service should be back; passing it warns.", Duration);
    private static readonly ShapeKey<TimeSpan> Budget = ShapeKey.Required("budget", "The longest that any scenario may take.", Duration);
    private static readonly ShapeKey<string> Role = ShapeKey.Required("role", "Such as On-Call Engineer.", TextShape.Any);
    private static readonly ShapeKey<string> Reach = ShapeKey.Required("reach", "Phone, channel or address.", TextShape.Any);
    private static readonly ShapeKey<string> LevelName = ShapeKey.Required("name", "Such as 'Level 2: Technical Lead'.", TextShape.Any);
    private static readonly ShapeKey<TimeSpan> After = ShapeKey.Optional("after", "Time since the run began; at once unless given.", Duration);
    private static readonly ShapeKey<ImmutableArray<string>> Call = ShapeKey.Optional("contacts", "Roles of the contacts to call.", Texts);
    private static readonly ShapeKey<string> Tools = ShapeKey.Optional("tools", "What that level works with.", TextShape.Any);
    private static readonly ShapeKey<string> TextName = ShapeKey.Required("name", "Name by which steps refer to it.", Name);
    private static readonly ShapeKey<string> Audience = ShapeKey.Required("audience", "For whom it is.", TextShape.Any);
    private static readonly ShapeKey<string> Text = ShapeKey.Required("text", "The text, in Markdown; {plan}, {scenario}, {duration} and {time} are filled in.", Paragraph);

    private static readonly ShapeKey<ImmutableArray<PlanContact>> Contacts = ShapeKey.Optional("contacts", "Who can be asked.",
        new ListShape<PlanContact>(new MappingShape<PlanContact>("a contact", [Role, Reach], (values, _) => new PlanContact(values.Get(Role), values.Get(Reach))), contact => contact.Role));

    private static readonly ShapeKey<ImmutableArray<EscalationLevel>> Escalation = ShapeKey.Optional("escalation", "Who is called in as time passes.",
        new ListShape<EscalationLevel>(new MappingShape<EscalationLevel>("an escalation level", [LevelName, After, Call, Tools],
            (values, _) => new EscalationLevel(values.Get(LevelName), values.GetOrNull(After) ?? TimeSpan.Zero, List(values, Call), values.Get(Tools, ""))), level => level.Name));

    private static readonly ShapeKey<ImmutableArray<AnnouncementTemplate>> Announcements = ShapeKey.Optional("announcements", "Texts to send out.",
        new ListShape<AnnouncementTemplate>(new MappingShape<AnnouncementTemplate>("an announcement", [TextName, Audience, Text],
            (values, _) => new AnnouncementTemplate(values.Get(TextName), values.Get(Audience), values.Get(Text))), text => text.Name));

    private static readonly ShapeKey<string> CheckText = ShapeKey.Required("check", "What must be true.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> CheckSteps = ShapeKey.Optional("steps", "The steps that prove it; a person has to look unless given.", Texts);
    private static readonly ShapeKey<ImmutableArray<ImmutableArray<string>>> CheckProofs = ShapeKey.Optional("any", "Sets of steps of which one proves it, for scenarios that do it differently.", new ListShape<ImmutableArray<string>>(Texts));
    private static readonly ShapeKey<string> ListName = ShapeKey.Required("name", "What the list is about.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> Tasks = ShapeKey.Required("items", "What is to be done or answered.", Texts);
    private static readonly ShapeKey<ImmutableArray<PlanCheck>> Checklist = ShapeKey.Optional("checklist", "What must be true after a rollback, for its report.",
        new ListShape<PlanCheck>(new MappingShape<PlanCheck>("a check", [CheckText, CheckSteps, CheckProofs], (values, _) => new PlanCheck(values.Get(CheckText), Proofs(values)))));

    private static readonly ShapeKey<ImmutableArray<TaskList>> Afterwards = ShapeKey.Optional("afterwards", "Lists of what people do after a rollback, for its report.",
        new ListShape<TaskList>(new MappingShape<TaskList>("a list", [ListName, Tasks], (values, _) => new TaskList(values.Get(ListName), values.Get(Tasks)))));

    private static readonly ShapeKey<RollbackCriteria> Criteria = ShapeKey.Optional("criteria", "When to roll back at all.", CriteriaShapes.Criteria);
    private static readonly ShapeKey<ImmutableArray<PlanScenario>> Scenarios = ShapeKey.Required("scenarios", "The ways to roll back; the first one is meant when none is named.", StepShapes.Scenarios);

    /// <summary>The values that the text refers to; read before everything else.</summary>
    public static ShapeKey<ImmutableSortedDictionary<string, string>> Values { get; } =
        ShapeKey.Optional("values", "Values that the text refers to as ${name}; a caller may set others.", new DictionaryShape<string>(TextShape.Any));

    /// <summary>The plan without its source, text and values, which the reader adds.</summary>
    public static MappingShape<RollbackPlan> Plan { get; } = new("a plan",
        [Format, PlanName, Description, Owner, Version, Review, Root, TargetTime, Budget, Values, Contacts, Escalation, Criteria, Announcements, Checklist, Afterwards, Scenarios], Whole);

    private static ImmutableArray<ImmutableArray<string>> Proofs(ShapeValues values) =>
        [.. List(values, CheckProofs).Prepend(List(values, CheckSteps)).Where(steps => !steps.IsEmpty)];

    private static RollbackPlan? Whole(ShapeValues values, ShapeReading reading)
    {
        var plan = new RollbackPlan
        {
            Name = values.Get(PlanName),
            Description = values.Get(Description),
            Owner = values.Get(Owner),
            Version = values.Get(Version),
            Review = values.Get(Review, ""),
            Root = values.Get(Root),
            Target = values.Get(TargetTime),
            Budget = values.Get(Budget),
            Values = ImmutableSortedDictionary<string, string>.Empty,
            Contacts = List(values, Contacts),
            Escalation = [.. List(values, Escalation).OrderBy(level => level.After)],
            Criteria = values.Get(Criteria, null),
            Announcements = List(values, Announcements),
            Checklist = List(values, Checklist),
            Afterwards = List(values, Afterwards),
            Scenarios = values.Get(Scenarios),
            Source = "",
            Text = "",
        };
        var problems = PlanReferences.Problems(plan);
        foreach (var problem in problems)
        {
            reading.Report(values.Position, problem);
        }

        return problems.IsEmpty ? plan : null;
    }
}
