using System.Collections.Immutable;

namespace HxOps.Services.EntryPoints;

/// <summary>What setting an entry point would do; <c>-WhatIf</c> prints it.</summary>
public sealed record EntryPointPlan
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>What the unit files say now; null when the unit has none.</summary>
    public EntryPoint? From { get; init; }

    /// <summary>What they will say.</summary>
    public required EntryPoint To { get; init; }

    /// <summary>The drop-in that is written, a host path.</summary>
    public required string DropIn { get; init; }

    /// <summary>Its present text; null when it does not exist.</summary>
    internal string? Before { get; init; }

    /// <summary>Its new text. Other settings of it stay, and may hold what nobody should read: show <see cref="Shown"/>.</summary>
    internal string After { get; init; } = "";

    /// <summary>Its new text without secrets.</summary>
    public required string Shown { get; init; }

    /// <summary>What was asked for.</summary>
    public required EntryPointRequest Request { get; init; }

    /// <summary>Whether nothing has to change.</summary>
    public bool IsAlreadyThere => Before == After || (From is not null && From.Command == To.Command);

    /// <summary>The plan as lines of text, in the order in which it would run.</summary>
    public ImmutableArray<string> Describe() => IsAlreadyThere
        ? [$"{Id} runs {To.Command} already"]
        : [
            $"Set the entry point of {Id} to that of {To.Id}",
            $"write {DropIn}",
            .. Shown.TrimEnd('\n').Split('\n').Select(line => "  " + line),
            "reload the unit definitions and read the effective ExecStart back",
            $"restart {Id} and wait until it is active",
            "compare the command line of the running process",
            "ask its health; put the drop-in back if any of this fails",
        ];
}
