using System.Collections.Immutable;

namespace HxOps.Help;

/// <summary>A cmdlet as the compiled assembly has it.</summary>
/// <param name="Verb">Its verb.</param>
/// <param name="Noun">Its noun.</param>
/// <param name="DefaultSet">Its default parameter set; empty for none.</param>
/// <param name="Parameters">Its parameters by name, -WhatIf and -Confirm among them where it has them.</param>
/// <param name="Outputs">Full names of the types that it writes.</param>
public sealed record CommandDescription(
    string Verb, string Noun, string DefaultSet, ImmutableArray<ParameterDescription> Parameters, ImmutableArray<string> Outputs)
{
    /// <summary>Its name.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>Names of its parameter sets, the default one first.</summary>
    public IEnumerable<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Places).Select(place => place.Set).Where(set => set != ParameterPlace.EverySet);
            var sets = named.Distinct().OrderBy(set => set == DefaultSet ? 0 : 1).ThenBy(set => set, StringComparer.Ordinal).ToList();
            return sets.Count > 0 ? sets : [ParameterPlace.EverySet];
        }
    }
}

/// <summary>A parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as PowerShell writes it.</param>
/// <param name="IsSwitch">Whether it takes no value.</param>
/// <param name="AllowsWildcards">Whether its value may hold wildcards.</param>
/// <param name="Default">Its default value; empty for none.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Choices">Values of an enumeration; empty for any other type.</param>
/// <param name="Places">How it stands in each parameter set.</param>
public sealed record ParameterDescription(
    string Name,
    string Type,
    bool IsSwitch,
    bool AllowsWildcards,
    string Default,
    ImmutableArray<string> Aliases,
    ImmutableArray<string> Choices,
    ImmutableArray<ParameterPlace> Places);

/// <summary>How a parameter stands in a parameter set.</summary>
/// <param name="Set">The set, or <see cref="EverySet"/>.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Its position; null for named only.</param>
/// <param name="Pipeline">How it takes input from the pipeline, in the words of Get-Help.</param>
public sealed record ParameterPlace(string Set, bool IsMandatory, int? Position, string Pipeline)
{
    /// <summary>PowerShell's name for all sets together.</summary>
    public const string EverySet = "__AllParameterSets";
}
