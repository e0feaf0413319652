using System.Collections.Immutable;

namespace HxOps.Services.Units;

/// <summary>A unit's name taken apart: <c>prefix@instance.type</c>.</summary>
/// <param name="Full">The whole name, such as <c>worker@1.service</c>.</param>
/// <param name="Prefix">What stands before <c>@</c>, or before the type where there is no instance.</param>
/// <param name="Instance">What stands between <c>@</c> and the type; empty for a plain unit.</param>
/// <param name="Type">The last part without its dot, such as <c>service</c>.</param>
public sealed record UnitName(string Full, string Prefix, string Instance, string Type)
{
    private static readonly ImmutableHashSet<string> Types =
        ["service", "socket", "timer", "target", "path", "mount", "automount", "swap", "slice", "scope", "device"];

    /// <summary>The name without the type.</summary>
    public string Stem => Full[..^(Type.Length + 1)];

    /// <summary>The file a template's instances share, or null for a plain unit.</summary>
    public string? TemplateFile => Instance.Length > 0 ? $"{Prefix}@.{Type}" : null;

    /// <summary>Takes a name apart.</summary>
    /// <returns>Null when it cannot be a unit's name: no known type, or a character that none has.</returns>
    public static UnitName? TryParse(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name.Length > 255 || !Types.Contains(name[(dot + 1)..]) || !name.All(IsAllowed))
        {
            return null;
        }

        var stem = name[..dot];
        var at = stem.IndexOf('@', StringComparison.Ordinal);
        return at == 0 ? null : new UnitName(name, at < 0 ? stem : stem[..at], at < 0 ? "" : stem[(at + 1)..], name[(dot + 1)..]);
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_' or '.' or '\\' or '@';
}
