using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HxOps.Files;
using HxOps.Services.Embedded;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints;

/// <summary>The arguments by which the kernel knows a process that runs a unit's command: specifiers and variables replaced, located below a root.</summary>
internal sealed partial class ExpectedArguments
{
    /// <summary>As it is written and as it is located below a root; with the name it is called by (<c>@</c>), which a script's process does not show.</summary>
    private readonly ImmutableArray<ImmutableArray<string>> _forms;

    /// <summary>Whether some were left out, whose variables only the manager knows.</summary>
    private readonly bool _isPartial;

    private ExpectedArguments(ImmutableArray<ImmutableArray<string>> forms, bool isPartial)
    {
        _forms = forms;
        _isPartial = isPartial;
    }

    /// <summary>Those of a command of a unit, with the variables that its files set now.</summary>
    /// <exception cref="Errors.HxException">There is no such unit, or its files or environment files cannot be read.</exception>
    internal static ExpectedArguments Of(HostRoot root, string unit, string command)
    {
        var definition = new UnitLoader(root).Load(unit);
        var setting = new UnitSetting(ServiceSettings.Section, "ExecStart", command, new UnitOrigin(definition.File, 1));
        var parsed = ExecCommand.Parse(setting, new UnitSpecifiers(definition.Name)).First();
        var variables = Variables(root, definition, command);
        var known = parsed with { Arguments = parsed.KeepsVariables ? parsed.Arguments : [.. parsed.Arguments.Where(argument => IsKnown(argument, variables))] };
        var paths = new LocatedPaths(root);
        var written = known.Expand(variables);
        var located = known.Expand(variables.ToImmutableDictionary(variable => variable.Key, variable => paths.List(variable.Value))).Select(paths.Word).ToImmutableArray();
        ImmutableArray<string> names = parsed.Name is { } name ? [name, parsed.Program] : [parsed.Program];
        return new ExpectedArguments([.. names.SelectMany(first => (ImmutableArray<ImmutableArray<string>>)[[first, .. written], [first, .. located]])], known.Arguments.Length < parsed.Arguments.Length);
    }

    /// <summary>
    /// Whether they stand in a command line in their order. Others may stand between them: an interpreter runs a script as its own argument,
    /// and a script that hands over to its program adds what it likes.
    /// </summary>
    internal bool AreIn(ImmutableArray<string> running) => _forms.Any(form => AreIn(running, form));

    /// <summary>Whether a command line ends in exactly these, so that nothing else was asked of the program.</summary>
    internal bool AreEndOf(ImmutableArray<string> running) => _isPartial ? AreIn(running) : _forms.Any(form =>
        running.Length >= form.Length
        && IsProgram(running[^form.Length], form[0])
        && running.AsSpan()[^(form.Length - 1)..].SequenceEqual(form.AsSpan()[1..]));

    private static bool AreIn(ImmutableArray<string> running, ImmutableArray<string> form)
    {
        var next = 0;
        foreach (var word in running)
        {
            if (next < form.Length && (next == 0 ? IsProgram(word, form[0]) : word == form[next]))
                next++;
        }

        return next == form.Length;
    }

    /// <summary>A program may be found on the PATH, or below a root.</summary>
    private static bool IsProgram(string word, string program) => word.EndsWith(program, StringComparison.Ordinal);

    private static ImmutableDictionary<string, string> Variables(HostRoot root, UnitDefinition unit, string command)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (command.Contains('$', StringComparison.Ordinal))
        {
            foreach (var variable in UnitEnvironment.Read(root, ServiceSettings.Of(unit)))
                variables[variable.Name] = variable.Value;
        }

        return variables.ToImmutable();
    }

    private static bool IsKnown(string argument, ImmutableDictionary<string, string> variables) =>
        Reference().Matches(argument).All(reference => variables.ContainsKey(reference.Groups["name"].Value));

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
