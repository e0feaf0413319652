using System.Collections.Immutable;
using HxOps.Formats.Shapes;
using HxOps.Gateway;
using static HxOps.Rollback.Plans.Reading.PartShapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shapes of what can be done.</summary>
internal static class ActionShapes
{
    private static readonly ShapeKey<string> UnitName = ShapeKey.Required("unit", "Full unit name.", Unit);
    private static readonly ShapeKey<ServiceVerb> UnitVerb = ShapeKey.Required("verb", "What is done to it.",
        new ChoiceShape<ServiceVerb>(("start", ServiceVerb.Start), ("stop", ServiceVerb.Stop), ("restart", ServiceVerb.Restart)));

    private static readonly ShapeKey<string> DropInFile = ShapeKey.Required("file", "File name of the drop-in.", DropIn);
    private static readonly ShapeKey<string> Content = ShapeKey.Required("content", "The whole text.", Paragraph);
    private static readonly ShapeKey<string> EntryPointSource = ShapeKey.Required("source", "Id of the entry point, or previous for the newest that differs from the live one.", TextShape.Any);
    private static readonly ShapeKey<string> EntryPointConfig = ShapeKey.Required("config", "The configuration file that the program is given.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> From = ShapeKey.Required("from", "Files, best first: the first one that exists is copied.", Texts);
    private static readonly ShapeKey<string> To = ShapeKey.Required("to", "Where it goes.", TextShape.Any);
    private static readonly ShapeKey<string> File = ShapeKey.Required("file", "The file.", TextShape.Any);
    private static readonly ShapeKey<int> Mode = ShapeKey.Optional("mode", "Permission bits of a new file; 600 unless given.", new FileModeShape());
    private static readonly ShapeKey<string> Key = ShapeKey.Required("key", "The variable.", Variable);
    private static readonly ShapeKey<string> Value = ShapeKey.Required("value", "Its new value.", TextShape.Any);
    private static readonly ShapeKey<string> Note = ShapeKey.Optional("note", "The note on it.", TextShape.Any);
    private static readonly ShapeKey<string> Checkpoint = ShapeKey.Optional("checkpoint", "Its id; the newest unless given.", Word);
    private static readonly ShapeKey<ImmutableArray<string>> Components = ShapeKey.Optional("components", "Only these components; all unless given.", Texts);
    private static readonly ShapeKey<ComposeVerb> ProjectVerb = ShapeKey.Required("verb", "What is done to it.",
        new ChoiceShape<ComposeVerb>(("up", ComposeVerb.Up), ("recreate", ComposeVerb.Recreate), ("restart", ComposeVerb.Restart), ("down", ComposeVerb.Down), ("stop", ComposeVerb.Stop),
            ("build", ComposeVerb.Build), ("tag", ComposeVerb.Tag), ("ps", ComposeVerb.List), ("logs", ComposeVerb.Logs)));

    private static readonly ShapeKey<ImmutableArray<string>> Services = ShapeKey.Optional("services", "Only these services; all unless given.", new ListShape<string>(Word));
    private static readonly ShapeKey<string> Tag = ShapeKey.Optional("tag", "The image tag to write, for the verb tag.", ImageTag);
    private static readonly ShapeKey<string> OutputFile = ShapeKey.Optional("to", "The file that a list or a log is written to.", TextShape.Any);
    private static readonly ShapeKey<TimeSpan> GraceTime = ShapeKey.Optional("grace", "How long a container may take to end before it is killed; 10s unless given.", Duration);
    private static readonly ShapeKey<ImageVerb> ImageVerbs = ShapeKey.Required("verb", "What is done to them.",
        new ChoiceShape<ImageVerb>(("record", ImageVerb.Record), ("pull", ImageVerb.Pull), ("remove", ImageVerb.Remove), ("prune", ImageVerb.Prune)));

    private static readonly ShapeKey<ImmutableArray<string>> Images = ShapeKey.Required("images", "The images.", new ListShape<string>(PartShapes.Image));
    private static readonly ShapeKey<GitVerb> TreeVerb = ShapeKey.Optional("verb", "What is done to it; check-out unless given. verify gets the version and sees that nothing keeps it from being checked out.",
        new ChoiceShape<GitVerb>(("check-out", GitVerb.CheckOut), ("verify", GitVerb.Verify)));

    private static readonly ShapeKey<string> StoppedFolder = ShapeKey.Optional("folder", "The compose project whose stopped containers go as well, with their nameless volumes, and whose images stay, for the verb prune; none go unless given.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> StoppedFiles = ShapeKey.Optional("files", "Its compose files; what compose finds by itself unless given.", new ListShape<string>(Word));
    private static readonly ShapeKey<string> Folder = ShapeKey.Required("folder", "The work tree.", TextShape.Any);
    private static readonly ShapeKey<string> Reference = ShapeKey.Required("reference", "Tag, branch or commit.", Word);
    private static readonly ShapeKey<string> Remote = ShapeKey.Optional("fetch", "The remote that is fetched first.", Word);
    private static readonly ShapeKey<string> Script = ShapeKey.Required("script", "The SQL script.", TextShape.Any);
    private static readonly ShapeKey<DumpCheck> Proof = ShapeKey.Optional("proof", "How the dump is proven; it is read back whole unless given.",
        new ChoiceShape<DumpCheck>(("read", DumpCheck.Read), ("restore", DumpCheck.Restore)));

    private static readonly ShapeKey<ImmutableArray<string>> Drops = ShapeKey.Required("drops", "All that it drops; anything else that would go is a refusal.", new ListShape<string>(Word));
    private static readonly ShapeKey<string> TestDatabase = ShapeKey.Required("test-database", "Name of the test database.", Word);
    private static readonly ShapeKey<string> Migration = ShapeKey.Optional("migration", "The script that made what is dropped; the definitions are taken as they are unless given.", TextShape.Any);
    private static readonly ShapeKey<string> Rows = ShapeKey.Optional("rows", "Statements that insert test rows.", Paragraph);
    private static readonly ShapeKey<string> Since = ShapeKey.Required("since", "Name of the step that ran the script.", Name);
    private static readonly ShapeKey<string> NoTableLike = ShapeKey.Required("no-table-like", "An SQL LIKE pattern that no table may match.", Word);
    private static readonly ShapeKey<Uri> Url = ShapeKey.Required("url", "Where it is set.", Address);
    private static readonly ShapeKey<Uri> Health = ShapeKey.Required("health", "Where it is read back.", Address);
    private static readonly ShapeKey<SwitchPosition> Turn = ShapeKey.Required("turn", "What it becomes.", OnOff);
    private static readonly ShapeKey<string> Reason = ShapeKey.Optional("reason", "The reason that is sent along.", TextShape.Any);
    private static readonly ShapeKey<string> Flag = ShapeKey.Required("flag", "Name of the flag.", Word);
    private static readonly ShapeKey<GateProfile> Profile = ShapeKey.Optional("profile", "Which probes are asked; those that make no model work unless given.",
        new ChoiceShape<GateProfile>(("full", GateProfile.Full), ("free", GateProfile.Free)));

    private static readonly ShapeKey<ImmutableArray<string>> Probes = ShapeKey.Optional("probes", "Only these probes; all unless given.", Texts);
    private static readonly ShapeKey<bool> ReadOnly = ShapeKey.Optional("read-only", "Whether it only looks, so that there is nothing to take back; false unless given.", new SwitchShape());
    private static readonly ShapeKey<string> EvidenceName = ShapeKey.Required("name", "Name of the set.", Name);
    private static readonly ShapeKey<ImmutableArray<Uri>> Addresses = ShapeKey.Optional("get", "Addresses whose answers are kept, such as metrics and sessions.", new ListShape<Uri>(Address));
    private static readonly ShapeKey<string> Role = ShapeKey.Required("role", "Who is asked.", TextShape.Any);
    private static readonly ShapeKey<string> Question = ShapeKey.Required("question", "What that person agrees to.", TextShape.Any);
    private static readonly ShapeKey<string> Announcement = ShapeKey.Required("text", "Name of the text.", Name);

    /// <summary>One action.</summary>
    public static DefinedShape<PlanAction> Action { get; } = new("action", new UnionShape<PlanAction>("an action", "do",
        Variant("service", [UnitName, UnitVerb], values => new ServiceAction(values.Get(UnitName), values.Get(UnitVerb))),
        Variant("drop-in", [UnitName, DropInFile, Content], values => new DropInAction(values.Get(UnitName), values.Get(DropInFile), values.Get(Content))),
        Variant("entry-point", [EntryPointSource, EntryPointConfig], values => new EntryPointAction(values.Get(EntryPointSource), values.Get(EntryPointConfig))),
        Variant("copy-file", [From, To], values => new CopyFileAction(values.Get(From), values.Get(To))),
        Variant("write-file", [File, Content, Mode], values => new WriteFileAction(values.Get(File), values.Get(Content), values.GetOrNull(Mode) ?? 0x180)),
        Variant("remove-file", [File], values => new RemoveFileAction(values.Get(File))),
        Variant("environment-file", [File, Key, Value], values => new EnvironmentFileAction(values.Get(File), values.Get(Key), values.Get(Value))),
        Variant("checkpoint", [Note], values => new CheckpointAction(values.Get(Note, ""))),
        Variant("restore", [Checkpoint, Components], values => new RestoreAction(values.Get(Checkpoint, ""), List(values, Components))),
        ("compose", new MappingShape<PlanAction>("an action of kind compose", [Selector("compose"), .. ProjectKeys, ProjectVerb, Services, Tag, OutputFile, LogLines, GraceTime], Compose)),
        ("image", new MappingShape<PlanAction>("an action of kind image", [Selector("image"), ImageVerbs, Images, StoppedFolder, StoppedFiles], Image)),
        Variant("git", [TreeVerb, Folder, Reference, Remote], values => new GitAction(values.Get(Folder), values.Get(Reference), values.Get(Remote, "")) { Verb = values.GetOrNull(TreeVerb) ?? GitVerb.CheckOut }),
        Variant("database-backup", [.. DatabaseKeys, To, Proof], values => new DatabaseBackupAction(Target(values), values.Get(To), values.GetOrNull(Proof) ?? DumpCheck.Read)),
        Variant("database-script", [.. DatabaseKeys, Script, Drops], values => new DatabaseScriptAction(Target(values), values.Get(Script), values.Get(Drops))),
        Variant("database-rehearsal", [.. DatabaseKeys, TestDatabase, Migration, Rows, Script, Drops], values => new DatabaseRehearsalAction(
            Target(values), values.Get(TestDatabase), values.Get(Migration, null), values.Get(Rows, null), values.Get(Script), values.Get(Drops))),
        Variant("database-reconcile", [Since], values => new DatabaseReconcileAction(values.Get(Since))),
        Variant("database-assert", [.. DatabaseKeys, NoTableLike], values => new DatabaseAssertAction(Target(values), values.Get(NoTableLike))),
        Variant("pages", PageKeys, values => Pages(values, (address, pages, status) => new PagesAction(address, pages, status))),
        Variant("http", [.. CallKeys, .. ExpectationKeys], values => new HttpAction(Call(values), Expectation(values))),
        Variant("kill-switch", [Url, Health, Turn, Reason, Secret], values => new KillSwitchAction(values.Get(Url), values.Get(Health), values.Get(Turn), values.Get(Reason, ""), values.Get(Secret, null))),
        Variant("feature-flag", [Url, Flag, Turn, Secret], values => new FeatureFlagAction(values.Get(Url), values.Get(Flag), values.Get(Turn), values.Get(Secret, null))),
        Variant("gate", [Profile, Probes], values => new GateAction(values.GetOrNull(Profile) ?? GateProfile.Free, List(values, Probes))),
        Variant("command", [.. CommandKeys, ReadOnly], values => new CommandAction(Command(values)) { IsReadOnly = values.GetOrNull(ReadOnly) ?? false }),
        Variant("evidence", [EvidenceName, Addresses], values => new EvidenceAction(values.Get(EvidenceName), List(values, Addresses))),
        Variant("approval", [Role, Question], values => new ApprovalAction(values.Get(Role), values.Get(Question))),
        Variant("announcement", [Announcement], values => new AnnouncementAction(values.Get(Announcement))),
        Variant("wait", [], _ => new WaitAction())));

    private static ImageAction? Image(ShapeValues values, ShapeReading reading)
    {
        var action = new ImageAction(values.Get(ImageVerbs), values.Get(Images))
        {
            Project = values.Get(StoppedFolder, null) is { } folder ? new ComposeProject(folder, List(values, StoppedFiles)) : null,
        };
        if (action.Project is null || action.Verb == ImageVerb.Prune)
        {
            return action;
        }

        reading.Report(values.Position, "the key 'folder' belongs to the verb prune");
        return null;
    }

    private static ComposeAction? Compose(ShapeValues values, ShapeReading reading)
    {
        var action = new ComposeAction(Project(values), values.Get(ProjectVerb), List(values, Services))
        {
            Tag = values.Get(Tag, null),
            To = values.Get(OutputFile, null),
            Lines = Lines(values),
            Grace = values.GetOrNull(GraceTime),
        };
        var problem = action switch
        {
            { Verb: ComposeVerb.Tag } or { Tag: not null } when action.Verb != ComposeVerb.Tag || action.Tag is null => "the key 'tag' belongs to the verb tag, and that verb needs it",
            { Verb: ComposeVerb.Tag, Services.IsEmpty: true } => "the verb tag needs 'services': a tag of one image is none of another's",
            { To: not null, Verb: not (ComposeVerb.List or ComposeVerb.Logs) } => "the key 'to' belongs to the verbs ps and logs",
            _ => null,
        };
        if (problem is null)
        {
            return action;
        }

        reading.Report(values.Position, problem);
        return null;
    }

    private static ShapeKey<string> Selector(string word) => ShapeKey.Required("do", "What is done.", new ChoiceShape<string>((word, word)));

    private static (string, MappingShape<PlanAction>) Variant(string word, ImmutableArray<ShapeKey> keys, Func<ShapeValues, PlanAction> build) =>
        (word, new MappingShape<PlanAction>($"an action of kind {word}", [Selector(word), .. keys], (values, _) => build(values)));
}
