using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using static HxOps.Rollback.Plans.Reading.PartShapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shapes of what can be looked at.</summary>
internal static class ConditionShapes
{
    private static readonly ShapeKey<Uri> Url = ShapeKey.Required("url", "Where it is read.", Address);
    private static readonly ShapeKey<string> Flag = ShapeKey.Required("flag", "Name of the flag.", Word);
    private static readonly ShapeKey<SwitchPosition> Is = ShapeKey.Required("is", "What it must be.", OnOff);
    private static readonly ShapeKey<string> File = ShapeKey.Required("file", "The file.", TextShape.Any);
    private static readonly ShapeKey<bool> Exists = ShapeKey.Optional("exists", "Whether it must exist; true unless given.", new SwitchShape());
    private static readonly ShapeKey<string> Contains = ShapeKey.Optional("contains", "A text that must occur in it.", TextShape.Any);
    private static readonly ShapeKey<string> Key = ShapeKey.Required("key", "The variable.", Variable);
    private static readonly ShapeKey<string> Value = ShapeKey.Required("value", "The value that it must have.", TextShape.Any);
    private static readonly ShapeKey<string> UnitName = ShapeKey.Required("unit", "Full unit name.", Unit);
    private static readonly ShapeKey<SwitchPosition> Activity = ShapeKey.Required("is", "What it must be.",
        new ChoiceShape<SwitchPosition>(("active", SwitchPosition.On), ("inactive", SwitchPosition.Off)));

    private static readonly ShapeKey<string> Runs = ShapeKey.Required("contains", "A text that its command line must contain.", TextShape.Any);
    private static readonly ShapeKey<string> Prints = ShapeKey.Optional("prints", "A text that its output must contain.", TextShape.Any);
    private static readonly ShapeKey<string> HostName = ShapeKey.Optional("host", "Where; 127.0.0.1 unless given.", Word);
    private static readonly ShapeKey<int> Port = ShapeKey.Required("port", "The port.", new IntegerShape(1, 65535));
    private static readonly ShapeKey<SwitchPosition> Listening = ShapeKey.Required("is", "What it must be.",
        new ChoiceShape<SwitchPosition>(("open", SwitchPosition.On), ("closed", SwitchPosition.Off)));

    private static readonly ShapeKey<ImmutableArray<string>> Probes = ShapeKey.Optional("probes", "Only these probes; all that make no model work unless given.", Texts);
    private static readonly ShapeKey<ImmutableArray<string>> Services = ShapeKey.Optional("services", "The services, each by itself; all of the project unless given.", new ListShape<string>(Word));
    private static readonly ShapeKey<ServiceStanding> Standing = ShapeKey.Optional("are", "How they must stand; healthy unless given.",
        new ChoiceShape<ServiceStanding>(("healthy", ServiceStanding.Healthy), ("stopped", ServiceStanding.Stopped)));

    private static readonly ShapeKey<string> Only = ShapeKey.Optional("of", "Only lines with this text are looked at, and counted.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> Has = ShapeKey.Optional("has", "Texts that must occur.", Texts);
    private static readonly ShapeKey<ImmutableArray<string>> Lacks = ShapeKey.Optional("lacks", "Texts that must not occur.", Texts);
    private static readonly ShapeKey<string> EngineName = ShapeKey.Required("name", "A text in the names of containers and volumes.", Word);
    private static readonly ShapeKey<TimeSpan> FirstToken = ShapeKey.Required("first-token", "The longest until the first event that has text.", Duration);
    private static readonly ShapeKey<TimeSpan> Cancel = ShapeKey.Required("cancel", "The longest until the connection ends after hanging up.", Duration);

    private static readonly ShapeKey<ImmutableArray<string>> Gone = ShapeKey.Required("names", "Names that nothing in it may have.", new ListShape<string>(Word));

    /// <summary>One condition.</summary>
    public static DefinedShape<PlanCondition> Condition { get; } = new("condition", new UnionShape<PlanCondition>("a condition", "see",
        Variant("http", [.. CallKeys, .. ExpectationKeys], values => new HttpCondition(Call(values), Expectation(values))),
        Variant("pages", PageKeys, values => Pages(values, (address, pages, status) => new PagesCondition(address, pages, status))),
        Variant("feature-flag", [Url, Flag, Is, Secret], values => new FeatureFlagCondition(values.Get(Url), values.Get(Flag), values.Get(Is), values.Get(Secret, null))),
        Variant("kill-switch", [Url, Is, Secret], values => new KillSwitchCondition(values.Get(Url), values.Get(Is), values.Get(Secret, null))),
        Variant("file", [File, Exists, Contains], values => new FileCondition(values.Get(File), values.GetOrNull(Exists) ?? true, values.Get(Contains, null))),
        Variant("environment-file", [File, Key, Value], values => new EnvironmentFileCondition(values.Get(File), values.Get(Key), values.Get(Value))),
        Variant("unit", [UnitName, Activity], values => new UnitCondition(values.Get(UnitName), values.Get(Activity))),
        Variant("process", [UnitName, Runs], values => new ProcessCondition(values.Get(UnitName), values.Get(Runs))),
        Variant("command", [.. CommandKeys, Prints], values => new CommandCondition(Command(values), values.Get(Prints, null))),
        Variant("port", [HostName, Port, Listening], values => new PortCondition(values.Get(HostName, "127.0.0.1"), values.Get(Port), values.Get(Listening))),
        Variant("gate", [Probes], values => new GateCondition(List(values, Probes))),
        Variant("database-without", [.. DatabaseKeys, Gone], values => new DatabaseWithoutCondition(Target(values), values.Get(Gone))),
        Variant("logs", [.. ProjectKeys, Services, LogLines, Only, Has, Lacks], values => new LogCondition(Project(values), List(values, Services), Lines(values), List(values, Has), List(values, Lacks)) { Of = values.Get(Only, null) }),
        Variant("engine-without", [EngineName], values => new EngineWithoutCondition(values.Get(EngineName))),
        Variant("stream", [.. CallKeys, FirstToken, Cancel], values => new StreamCondition(Call(values), values.Get(FirstToken), values.Get(Cancel))),
        Variant("compose", [.. ProjectKeys, Services, Standing], values => new ComposeCondition(Project(values), List(values, Services), values.GetOrNull(Standing) ?? ServiceStanding.Healthy))));

    /// <summary>Conditions of which each must hold.</summary>
    public static ListShape<PlanCondition> Conditions { get; } = new(Condition);

    private static (string, MappingShape<PlanCondition>) Variant(string word, ImmutableArray<ShapeKey> keys, Func<ShapeValues, PlanCondition> build)
    {
        var selector = ShapeKey.Required("see", "What is looked at.", new ChoiceShape<string>((word, word)));
        return (word, new MappingShape<PlanCondition>($"a condition of kind {word}", [selector, .. keys], (values, _) => build(values)));
    }
}
