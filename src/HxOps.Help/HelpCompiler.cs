using System.Collections.Immutable;

namespace HxOps.Help;

/// <summary>Joins the documents with the commands, finds what is missing or unknown, and writes what Get-Help reads.</summary>
public sealed class HelpCompiler(ImmutableArray<CommandDescription> commands, string docs)
{
    private const string SharedParameters = "parameters.md";
    private static readonly string[] s_sections = ["Description", "Parameters", "Examples", "Links"];
    private readonly List<Flaw> _flaws = [];

    /// <summary>Writes the help; nothing when there are flaws, which are returned.</summary>
    public IReadOnlyList<Flaw> Compile(string output)
    {
        var shared = ReadSingle(SharedParameters);
        var topics = commands.Select(command => (command, page: ReadSingle(command.Name + ".md"))).ToList();
        foreach (var (command, page) in topics)
            Check(command, page, shared);
        FindStrangers();
        if (_flaws.Count > 0)
            return _flaws;

        Directory.CreateDirectory(output);
        MamlWriter.Write(Path.Combine(output, "HxOps.dll-Help.xml"), [.. topics.Select(topic => new CommandTopic(topic.command, topic.page, shared))]);
        foreach (var about in Directory.EnumerateFiles(docs, "about_*.md"))
        {
            var name = Path.GetFileNameWithoutExtension(about);
            File.WriteAllText(Path.Combine(output, name + ".help.txt"), AboutText.Of(ReadSingle(name + ".md")));
        }

        return _flaws;
    }

    private Section ReadSingle(string name)
    {
        var path = Path.Combine(docs, name);
        if (!File.Exists(path))
        {
            _flaws.Add(new Flaw(path, 1, "This document is missing."));
            return new Section("", 1, [], []);
        }

        var sections = DocumentReader.Read(File.ReadAllText(path));
        if (sections.Length == 1)
            return sections[0];

        _flaws.Add(new Flaw(path, 1, "A document has one heading of level one."));
        return new Section("", 1, [], []);
    }

    private void Check(CommandDescription command, Section page, Section shared)
    {
        var path = Path.Combine(docs, command.Name + ".md");
        if (page.Title != command.Name)
            _flaws.Add(new Flaw(path, page.Line, $"The heading must be '{command.Name}'."));
        if (!page.Paragraphs.Any())
            _flaws.Add(new Flaw(path, page.Line, "The synopsis is missing: one paragraph below the heading."));
        foreach (var wanted in s_sections.Where(title => page.Child(title) is null))
            _flaws.Add(new Flaw(path, page.Line, $"The section '{wanted}' is missing."));
        CheckParameters(command, page, shared, path);
        foreach (var example in page.Child("Examples")?.Children.Where(example => !example.Blocks.OfType<Code>().Any()) ?? [])
            _flaws.Add(new Flaw(path, example.Line, "An example has a block of code."));
    }

    private void CheckParameters(CommandDescription command, Section page, Section shared, string path)
    {
        var own = page.Child("Parameters")?.Children ?? [];
        foreach (var parameter in command.Parameters.Where(parameter => TextOf(own, parameter) is null && TextOf(shared.Children, parameter) is null))
            _flaws.Add(new Flaw(path, page.Line, $"The parameter -{parameter.Name} is not documented, here or in {SharedParameters}."));
        foreach (var stranger in own.Where(section => !command.Parameters.Any(parameter => section.Title == "-" + parameter.Name)))
            _flaws.Add(new Flaw(path, stranger.Line, $"{command.Name} has no parameter '{stranger.Title}'."));
    }

    private void FindStrangers()
    {
        foreach (var path in Directory.EnumerateFiles(docs, "*-*.md").Where(path => !commands.Any(command => command.Name == Path.GetFileNameWithoutExtension(path))))
            _flaws.Add(new Flaw(path, 1, "The module has no such command."));
    }

    private static Section? TextOf(IEnumerable<Section> sections, ParameterDescription parameter) =>
        sections.FirstOrDefault(section => section.Title == "-" + parameter.Name && section.Paragraphs.Any());
}

/// <summary>A command with its document.</summary>
/// <param name="Command">The command.</param>
/// <param name="Page">Its document.</param>
/// <param name="Shared">What is said once about parameters that many commands have.</param>
public sealed record CommandTopic(CommandDescription Command, Section Page, Section Shared)
{
    /// <summary>What is said about a parameter: by the command's own document, else by the shared one.</summary>
    public IEnumerable<string> TextOf(ParameterDescription parameter)
    {
        var own = Page.Child("Parameters")?.Child("-" + parameter.Name);
        return (own ?? Shared.Child("-" + parameter.Name))?.Paragraphs ?? [];
    }
}
