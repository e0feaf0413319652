using System.Globalization;
using System.Xml.Linq;

namespace HxOps.Help;

/// <summary>Writes MAML, the format of help for compiled cmdlets.</summary>
public static class MamlWriter
{
    private static readonly XNamespace s_help = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of all commands into one file.</summary>
    public static void Write(string path, IReadOnlyList<CommandTopic> topics)
    {
        var root = new XElement(s_help + "helpItems", new XAttribute("schema", "maml"), topics.Select(Command));
        new XDocument(new XDeclaration("1.0", "utf-8", null), root).Save(path);
    }

    private static XElement Command(CommandTopic topic)
    {
        var command = topic.Command;
        return new XElement(s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(s_command + "details",
                new XElement(s_command + "name", command.Name),
                new XElement(s_command + "verb", command.Verb),
                new XElement(s_command + "noun", command.Noun),
                Paragraphs("description", topic.Page.Paragraphs)),
            Paragraphs("description", TextOf(topic.Page.Child("Description"))),
            new XElement(s_command + "syntax", command.Sets.Select(set => SyntaxOf(command, set))),
            new XElement(s_command + "parameters", command.Parameters.Select(parameter => Parameter(topic, parameter))),
            new XElement(s_command + "inputTypes", InputsOf(command).Select(type => Type("inputType", type, []))),
            new XElement(s_command + "returnValues", command.Outputs.Select(type => Type("returnValue", type, TextOf(topic.Page.Child("Outputs")?.Child(type))))),
            new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", TextOf(topic.Page.Child("Notes")).Select(Para))),
            new XElement(s_command + "examples", (topic.Page.Child("Examples")?.Children ?? []).Select((example, index) => Example(example, index + 1))),
            new XElement(s_command + "relatedLinks", (topic.Page.Child("Links")?.Blocks ?? []).OfType<ListItem>().Select(Link)));
    }

    private static XElement SyntaxOf(CommandDescription command, string set) => new(s_command + "syntaxItem",
        new XElement(s_maml + "name", command.Name),
        command.Parameters
            .Select(parameter => (parameter, place: parameter.Places.FirstOrDefault(place => place.Set == set || place.Set == ParameterPlace.EverySet)))
            .Where(pair => pair.place is not null)
            .OrderBy(pair => pair.place!.Position ?? int.MaxValue)
            .ThenBy(pair => pair.place!.IsMandatory ? 0 : 1)
            .Select(pair => Parameter(pair.parameter, pair.place!, [])));

    private static XElement Parameter(CommandTopic topic, ParameterDescription parameter) =>
        Parameter(parameter, parameter.Places[0], [.. topic.TextOf(parameter), .. ChoicesOf(parameter)]);

    private static IEnumerable<string> ChoicesOf(ParameterDescription parameter) =>
        parameter.Choices.IsEmpty ? [] : [$"Accepted values: {string.Join(", ", parameter.Choices)}."];

    private static XElement Parameter(ParameterDescription parameter, ParameterPlace place, IReadOnlyList<string> text) => new(s_command + "parameter",
        new XAttribute("required", place.IsMandatory ? "true" : "false"),
        new XAttribute("variableLength", "true"),
        new XAttribute("globbing", parameter.AllowsWildcards ? "true" : "false"),
        new XAttribute("pipelineInput", place.Pipeline),
        new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.IsEmpty ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(s_maml + "name", parameter.Name),
        Paragraphs("description", text),
        parameter.IsSwitch ? null : new XElement(s_command + "parameterValue", new XAttribute("required", "true"), parameter.Type),
        new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.Type)),
        new XElement(s_dev + "defaultValue", parameter.Default.Length > 0 ? parameter.Default : "None"));

    private static IEnumerable<string> InputsOf(CommandDescription command) => command.Parameters
        .Where(parameter => parameter.Places.Any(place => place.Pipeline.Contains("ByValue", StringComparison.Ordinal)))
        .Select(parameter => parameter.Type)
        .Distinct();

    private static XElement Type(string element, string type, IEnumerable<string> text) => new(s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type)),
        Paragraphs("description", text));

    private static XElement Example(Section example, int number)
    {
        var code = example.Blocks.OfType<Code>().First();
        return new XElement(s_command + "example",
            new XElement(s_maml + "title", string.Create(CultureInfo.InvariantCulture, $"-------- Example {number}: {example.Title} --------")),
            new XElement(s_dev + "code", code.Text),
            new XElement(s_dev + "remarks", example.Paragraphs.Select(Para)));
    }

    private static XElement Link(ListItem item) => new(s_maml + "navigationLink",
        new XElement(s_maml + "linkText", item.Text),
        new XElement(s_maml + "uri"));

    private static XElement Paragraphs(string element, IEnumerable<string> text) => new(s_maml + element, text.Select(Para));

    private static XElement Para(string text) => new(s_maml + "para", text);

    private static IEnumerable<string> TextOf(Section? section) => section?.Blocks.Select(block => block switch
    {
        Paragraph paragraph => paragraph.Text,
        ListItem item => "- " + item.Text,
        Code code => code.Text,
        _ => "",
    }) ?? [];
}
