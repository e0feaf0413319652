using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>One command of an <c>Exec...=</c> line.</summary>
/// <param name="Program">Absolute host path, or a bare name that is looked up on the PATH.</param>
/// <param name="Arguments">Its arguments, variables not yet replaced.</param>
/// <param name="Origin">The line it comes from.</param>
public sealed record ExecCommand(string Program, ImmutableArray<string> Arguments, UnitOrigin Origin)
{
    /// <summary>The name the program sees itself called by (<c>@</c>), or null for its path.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a failure is no failure (<c>-</c>).</summary>
    public bool IgnoresFailure { get; init; }

    /// <summary>Whether <c>$NAME</c> stays as it is (<c>:</c>).</summary>
    public bool KeepsVariables { get; init; }

    /// <summary>Whether it runs as root whatever <c>User=</c> says (<c>+</c>, <c>!</c>).</summary>
    public bool IsPrivileged { get; init; }

    /// <summary>Reads the commands of a value; a lone semicolon parts them.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/>.</exception>
    internal static IEnumerable<ExecCommand> Parse(UnitSetting setting, UnitSpecifiers specifiers)
    {
        var words = new List<UnitWord>();
        foreach (var word in UnitWords.Read(setting.Value, setting.Origin).Append(new UnitWord(";", ";")))
        {
            if (word.Source != ";")
            {
                words.Add(word);
            }
            else if (words.Count > 0)
            {
                yield return One(words, setting.Origin, specifiers);
                words.Clear();
            }
        }
    }

    private static ExecCommand One(List<UnitWord> words, UnitOrigin origin, UnitSpecifiers specifiers)
    {
        var program = words[0].Text.TrimStart('-', '@', ':', '+', '!');
        var prefixes = words[0].Text[..^program.Length];
        var arguments = words.Skip(1).Select(word => word.Source == "\\;" ? ";" : specifiers.Expand(word.Text, origin)).ToImmutableArray();
        var isRenamed = prefixes.Contains('@', StringComparison.Ordinal);
        if (program.Length == 0 || (isRenamed && arguments.IsEmpty))
        {
            throw UnitFileParser.Invalid(origin, "the command names no program");
        }

        program = specifiers.Expand(program, origin);
        if (program.Contains('/', StringComparison.Ordinal) && !program.StartsWith('/'))
        {
            throw UnitFileParser.Invalid(origin, $"the program '{program}' is neither an absolute path nor a bare name");
        }

        return new ExecCommand(program, isRenamed ? arguments[1..] : arguments, origin)
        {
            Name = isRenamed ? arguments[0] : null,
            IgnoresFailure = prefixes.Contains('-', StringComparison.Ordinal),
            KeepsVariables = prefixes.Contains(':', StringComparison.Ordinal),
            IsPrivileged = prefixes.AsSpan().ContainsAny('+', '!'),
        };
    }

    /// <summary>The arguments with variables replaced: <c>${NAME}</c> within a word, <c>$NAME</c> as a word of its own and split into words.</summary>
    internal ImmutableArray<string> Expand(IReadOnlyDictionary<string, string> environment)
    {
        if (KeepsVariables)
        {
            return Arguments;
        }

        var expanded = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in Arguments)
        {
            if (argument.Length > 1 && argument[0] == '$' && IsName(argument.AsSpan(1)))
            {
                expanded.AddRange(UnitWords.SplitVariable(environment.GetValueOrDefault(argument[1..], "")));
            }
            else
            {
                expanded.Add(ReplaceBraced(argument, environment));
            }
        }

        return expanded.ToImmutable();
    }

    private static string ReplaceBraced(string argument, IReadOnlyDictionary<string, string> environment)
    {
        var text = new StringBuilder();
        for (var i = 0; i < argument.Length; i++)
        {
            var close = argument[i] == '$' && i + 1 < argument.Length && argument[i + 1] == '{' ? argument.IndexOf('}', i) : -1;
            if (argument[i] == '$' && i + 1 < argument.Length && argument[i + 1] == '$')
            {
                text.Append('$');
                i++;
            }
            else if (close > 0 && IsName(argument.AsSpan(i + 2, close - i - 2)))
            {
                text.Append(environment.GetValueOrDefault(argument[(i + 2)..close], ""));
                i = close;
            }
            else
            {
                text.Append(argument[i]);
            }
        }

        return text.ToString();
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return text.Length > 0 && !char.IsAsciiDigit(text[0]);
    }
}
