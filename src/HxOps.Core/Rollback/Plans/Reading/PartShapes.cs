using System.Collections.Immutable;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>The shapes that actions and conditions share.</summary>
internal static class PartShapes
{
    private static readonly TimeSpan LongestBudget = TimeSpan.FromHours(24);

    public static TextShape Name { get; } = new("a name of lower-case letters, digits and hyphens", "[a-z0-9][a-z0-9-]{0,63}");

    public static TextShape Unit { get; } = new("a unit name such as hx-gateway-ml.service", "[A-Za-z0-9:_.@-]{1,200}\\.[a-z]+");

    public static TextShape Variable { get; } = new("a name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*");

    public static TextShape DropIn { get; } = new("a file name ending in .conf", "[A-Za-z0-9_.@-]{1,100}\\.conf");

    public static TextShape Image { get; } = new("an image reference such as scenario-gateway:v1.0.0", "[A-Za-z0-9][A-Za-z0-9_./:@-]{0,254}");

    // A leading hyphen would be taken for an option by the program that gets it.
    public static TextShape Word { get; } = new("a word that does not begin with a hyphen", "[^-\\s][^\\s]*");

    public static TextShape ImageTag { get; } = new("an image tag such as v1.0.0", "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    public static ParagraphShape Paragraph { get; } = new();

    public static AddressShape Address { get; } = new();

    public static UrlShape Base { get; } = new();

    public static DurationShape Duration { get; } = new(LongestBudget);

    public static IntegerShape Status { get; } = new(100, 599);

    public static ListShape<string> Texts { get; } = new(TextShape.Any);

    public static ChoiceShape<SwitchPosition> OnOff { get; } = new(("on", SwitchPosition.On), ("off", SwitchPosition.Off));

    public static ShapeKey<string?> Secret { get; } = new("secret", "Name of the deployment's secret that is sent as a bearer token.", false, TextShape.Any!);

    public static ShapeKey<int> LogLines { get; } = ShapeKey.Optional("lines", "How many lines of the log of each service are read; 100 unless given.", new IntegerShape(1, 100_000));

    public static ImmutableArray<ShapeKey> CommandKeys { get; }

    public static ImmutableArray<ShapeKey> CallKeys { get; }

    public static ImmutableArray<ShapeKey> ExpectationKeys { get; }

    public static ImmutableArray<ShapeKey> ProjectKeys { get; }

    public static ImmutableArray<ShapeKey> DatabaseKeys { get; }

    public static ImmutableArray<ShapeKey> PageKeys { get; }

    private static readonly ShapeKey<string> Program = ShapeKey.Required("program", "Name looked up on the PATH, or a path.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> Arguments = ShapeKey.Optional("arguments", "Its arguments, each passed as it is.", new ListShape<string>(Paragraph));
    private static readonly ShapeKey<string> Folder = ShapeKey.Optional("folder", "The folder it runs in; the plan's root unless given.", TextShape.Any);
    private static readonly ShapeKey<string> Answer = ShapeKey.Optional("answer", "What is answered when it prompts; its input is closed otherwise.", Paragraph);

    private static readonly ShapeKey<ImmutableSortedDictionary<string, double>> Limits = ShapeKey.Optional("limits", "Words in its output, and what the first number behind them must be below; one with a unit of time counts in milliseconds.", new DictionaryShape<double>(new NumberShape()));

    private static readonly ShapeKey<string> Method = ShapeKey.Optional("method", "GET unless given.",
        new ChoiceShape<string>(("GET", "GET"), ("HEAD", "HEAD"), ("POST", "POST"), ("PUT", "PUT"), ("DELETE", "DELETE")));

    private static readonly ShapeKey<Uri> Url = ShapeKey.Required("url", "The address.", Address);
    private static readonly ShapeKey<ImmutableSortedDictionary<string, string>> Headers = ShapeKey.Optional("headers", "Headers to send; none of them a secret.", new DictionaryShape<string>(TextShape.Any));
    private static readonly ShapeKey<string> Body = ShapeKey.Optional("body", "A JSON text, sent as application/json.", Paragraph);
    private static readonly ShapeKey<string> BodyFile = ShapeKey.Optional("body-file", "A file with the JSON text.", TextShape.Any);

    private static readonly ShapeKey<int> ExpectedStatus = ShapeKey.Optional("status", "The expected status code; 200 unless given.", Status);
    private static readonly ShapeKey<ImmutableSortedDictionary<string, string>> ExpectedHeaders = ShapeKey.Optional("expect-headers", "Headers and the texts that they must contain.", new DictionaryShape<string>(TextShape.Any));
    private static readonly ShapeKey<ImmutableSortedDictionary<string, JsonLiteral>> ExpectedJson = ShapeKey.Optional("json", "Members by dotted path, and the values that they must have.", new DictionaryShape<JsonLiteral>(new JsonLiteralShape()));
    private static readonly ShapeKey<string> Contains = ShapeKey.Optional("contains", "A text that the body must contain.", TextShape.Any);

    private static readonly ShapeKey<string> ProjectFolder = ShapeKey.Required("folder", "The folder of the compose project.", TextShape.Any);
    private static readonly ShapeKey<ImmutableArray<string>> ProjectFiles = ShapeKey.Optional("files", "Its compose files; what compose finds by itself unless given.", new ListShape<string>(Word));

    private static readonly ShapeKey<Uri> PagesBase = ShapeKey.Required("base", "Base address of the pages.", Base);
    private static readonly ShapeKey<ImmutableArray<string>> PagePaths = ShapeKey.Required("pages", "Paths below the base address.", new ListShape<string>(new TextShape("a path that begins with a slash", "/\\S*")));
    private static readonly ShapeKey<int> PageStatus = ShapeKey.Optional("status", "Expected status code of every page; 200 unless given.", Status);

    private static readonly ShapeKey<string> Database = ShapeKey.Required("database", "Name of the database.", Word);
    private static readonly ShapeKey<string> Role = ShapeKey.Required("user", "The role to connect as.", Word);
    private static readonly ShapeKey<string> Container = ShapeKey.Optional("container", "The container whose PostgreSQL programs are used; the machine's own unless given.", Word);
    private static readonly ShapeKey<string> ServerHost = ShapeKey.Optional("host", "Host name or socket folder of the server; what its programs assume unless given.", Word);
    private static readonly ShapeKey<int> ServerPort = ShapeKey.Optional("port", "Port of the server; what its programs assume unless given.", new IntegerShape(1, 65535));
    private static readonly ShapeKey<string> Password = ShapeKey.Optional("secret", "Name of the deployment's secret that is the role's password.", TextShape.Any);

    static PartShapes()
    {
        CommandKeys = [Program, Arguments, Folder, Answer, Limits];
        CallKeys = [Method, Url, Headers, Body, BodyFile, Secret];
        ExpectationKeys = [ExpectedStatus, ExpectedHeaders, ExpectedJson, Contains];
        ProjectKeys = [ProjectFolder, ProjectFiles];
        PageKeys = [PagesBase, PagePaths, PageStatus];
        DatabaseKeys = [Database, Role, Container, ServerHost, ServerPort, Password];
    }

    public static CommandLine Command(ShapeValues values) =>
        new(values.Get(Program), List(values, Arguments), values.Get(Folder, "."), values.Get(Answer, ""))
        {
            Limits = values.Get(Limits, ImmutableSortedDictionary<string, double>.Empty),
        };

    public static HttpCall Call(ShapeValues values) => new(
        values.Get(Method, "GET"), values.Get(Url), values.Get(Headers, ImmutableSortedDictionary<string, string>.Empty),
        values.Get(Body, null), values.Get(BodyFile, null), values.Get(Secret, null));

    public static HttpExpectation Expectation(ShapeValues values) => new(
        values.GetOrNull(ExpectedStatus) ?? 200, values.Get(ExpectedHeaders, ImmutableSortedDictionary<string, string>.Empty),
        values.Get(ExpectedJson, ImmutableSortedDictionary<string, JsonLiteral>.Empty), values.Get(Contains, null));

    public static ComposeProject Project(ShapeValues values) => new(values.Get(ProjectFolder), List(values, ProjectFiles));

    public static int Lines(ShapeValues values) => values.GetOrNull(LogLines) ?? 100;

    public static DatabaseTarget Target(ShapeValues values) => new(
        values.Get(Database), values.Get(Role), values.Get(Container, null), values.Get(ServerHost, null), values.GetOrNull(ServerPort), values.Get(Password, null));

    public static T Pages<T>(ShapeValues values, Func<Uri, ImmutableArray<string>, int, T> build) =>
        build(values.Get(PagesBase), values.Get(PagePaths), values.GetOrNull(PageStatus) ?? 200);

    public static ImmutableArray<T> List<T>(ShapeValues values, ShapeKey<ImmutableArray<T>> key) => values.GetOrNull(key) ?? [];
}
