using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Installing;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints;

/// <summary>An entry point's command taken apart.</summary>
internal sealed partial class EntryPointCommand
{
    private const string ConfigurationOption = "--config";
    private const string ConfigurationAssignment = ConfigurationOption + "=";
    private readonly ImmutableArray<string> _words;
    private readonly UnitOrigin _origin;
    private readonly string _unit;

    private EntryPointCommand(string unit, UnitOrigin origin, string text)
    {
        _unit = unit;
        _words = UnitWords.Split(text, origin);
        _origin = origin;
        Text = text;
    }

    /// <summary>The command as a unit file writes it.</summary>
    internal string Text { get; }

    internal static EntryPointCommand Of(EntryPoint entryPoint) => new(entryPoint.Unit, new UnitOrigin(entryPoint.File, 1), entryPoint.Command);

    /// <summary>The same with another configuration file. Only that word of the text changes: variables, specifiers and quotes of the others mean something.</summary>
    internal EntryPointCommand WithConfiguration(string path)
    {
        if (ConfigurationAt() is not { } at)
            throw new HxException(EntryPointErrors.Missing, path, $"The command of {_origin.File} takes no {ConfigurationOption}, so {path} cannot be given to it.");

        var span = Spans(Text)[at];
        var word = _words[at].StartsWith(ConfigurationAssignment, StringComparison.Ordinal) ? ConfigurationAssignment + path : path;
        return new EntryPointCommand(_unit, _origin, Text[..span.Start] + CommandLine.Quote([word]) + Text[span.End..]);
    }

    /// <summary>A unit file and a process list are open to every user of the machine.</summary>
    internal void RefuseSecrets(Redactor redactor)
    {
        if (redactor.Redact(Text) is var shown && shown != Text)
            throw new HxException(EntryPointErrors.HoldsSecret, _origin.File, $"The command in {_origin.File} holds a secret: {shown}");
    }

    internal void RefusePlaceholders()
    {
        if (_words.FirstOrDefault(word => Placeholder().IsMatch(word)) is { } placeholder)
            throw new HxException(EntryPointErrors.Placeholder, placeholder, $"{_origin.File} holds the placeholder {placeholder}, which names nothing on any host.");
    }

    /// <summary>The program must be there and runnable, and the configuration file must be there.</summary>
    internal void RefuseMissing(HostRoot root)
    {
        var program = Expanded(_words[0].TrimStart('-', '@', ':', '+', '!'));
        if (program.StartsWith('/') && !IsRunnable(root.Locate(program)) && !(!root.IsMachine && IsRunnable(program)))
            throw new HxException(EntryPointErrors.Missing, program, $"{program} does not exist on this host, or may not be run.");

        if (ConfigurationAt() is not { } at)
            return;

        var word = _words[at];
        var file = Expanded(word.StartsWith(ConfigurationAssignment, StringComparison.Ordinal) ? word[ConfigurationAssignment.Length..] : word);
        if (file.StartsWith('/') && !file.Contains('$', StringComparison.Ordinal) && !File.Exists(root.Locate(file)))
            throw new HxException(EntryPointErrors.Missing, file, $"The configuration file {file} does not exist on this host.");
    }

    /// <summary>Which word names the configuration file: the one after the option, or the option's own. Programs take the last.</summary>
    private int? ConfigurationAt()
    {
        for (var i = _words.Length - 1; i > 0; i--)
        {
            if (_words[i].StartsWith(ConfigurationAssignment, StringComparison.Ordinal))
                return i;
            if (_words[i] == ConfigurationOption && i + 1 < _words.Length)
                return i + 1;
        }

        return null;
    }

    private string Expanded(string word) => UnitName.TryParse(_unit) is { } name ? new UnitSpecifiers(name).Expand(word, _origin) : word;

    /// <summary>Where each word stands in the text, its quotes included. What a backslash escapes neither parts nor quotes.</summary>
    private static List<(int Start, int End)> Spans(string text)
    {
        var spans = new List<(int, int)>();
        var start = -1;
        var quote = '\0';
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (quote == '\0' && char.IsWhiteSpace(text[i])))
            {
                if (start >= 0)
                    spans.Add((start, i));

                start = -1;
                continue;
            }

            start = start < 0 ? i : start;
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            else if (text[i] == quote)
                quote = '\0';
            else if (quote == '\0' && text[i] is ('"' or '\''))
                quote = text[i];
        }

        return spans;
    }

    private static bool IsRunnable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    [GeneratedRegex(@"^<.*>$|/path/to/|/your[-/]|^your-|\bchangeme\b|\.\.\.$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
