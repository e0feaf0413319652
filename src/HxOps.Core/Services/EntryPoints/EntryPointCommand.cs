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
    private readonly ImmutableArray<string> _words;
    private readonly UnitOrigin _origin;

    private EntryPointCommand(ImmutableArray<string> words, UnitOrigin origin, string text)
    {
        _words = words;
        _origin = origin;
        Text = text;
    }

    /// <summary>The command as a unit file writes it.</summary>
    internal string Text { get; }

    internal static EntryPointCommand Of(EntryPoint entryPoint)
    {
        var origin = new UnitOrigin(entryPoint.File, 1);
        return new EntryPointCommand(UnitWords.Split(entryPoint.Command, origin), origin, entryPoint.Command);
    }

    /// <summary>The same with another configuration file.</summary>
    internal EntryPointCommand WithConfiguration(string path)
    {
        var at = _words.IndexOf(ConfigurationOption);
        if (at < 0 || at + 1 == _words.Length)
        {
            throw new HxException(EntryPointErrors.Missing, path, $"The command of {_origin.File} takes no {ConfigurationOption}, so {path} cannot be given to it.");
        }

        var words = _words.SetItem(at + 1, path);
        return new EntryPointCommand(words, _origin, CommandLine.Quote(words));
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
        var program = _words[0].TrimStart('-', '@', ':', '+', '!');
        if (program.StartsWith('/') && !IsRunnable(root.Locate(program)) && !(!root.IsMachine && IsRunnable(program)))
            throw new HxException(EntryPointErrors.Missing, program, $"{program} does not exist on this host, or may not be run.");

        var at = _words.IndexOf(ConfigurationOption);
        if (at > 0 && at + 1 < _words.Length && _words[at + 1].StartsWith('/') && !File.Exists(root.Locate(_words[at + 1])))
            throw new HxException(EntryPointErrors.Missing, _words[at + 1], $"The configuration file {_words[at + 1]} does not exist on this host.");
    }

    private static bool IsRunnable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    [GeneratedRegex(@"^<.*>$|/path/to/|/your[-/]|^your-|\bchangeme\b|\.\.\.$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
