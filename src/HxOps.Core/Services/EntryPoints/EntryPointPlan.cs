using System.Collections.Immutable;
using System.Globalization;

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

    /// <summary>What its health is asked, in order and in words.</summary>
    public ImmutableArray<string> Health => Check.Describe();

    /// <summary>How long it may take to be proven healthy.</summary>
    public TimeSpan Budget => Check.Budget;

    /// <summary>Whether no file has to change.</summary>
    public bool IsAlreadyThere => Before == After || (From is not null && From.Command == To.Command);

    /// <summary>What must be seen of it.</summary>
    internal EntryPointCheck Check { get; init; } = EntryPointCheck.Nothing;

    /// <summary>What must be seen of the one before, when it comes back.</summary>
    internal EntryPointCheck? CheckBefore { get; init; }

    /// <summary>The plan as lines of text, in the order in which it would run.</summary>
    public ImmutableArray<string> Describe() => IsAlreadyThere
        ?
        [
            $"See that {Id} runs what its files say already",
            $"it is {To.Command}",
            $"restart {Id} only if it runs another program, or this one with other arguments",
            .. Proof(),
        ]
        :
        [
            $"Set the entry point of {Id} to that of {To.Id}",
            $"write {DropIn}",
            .. Shown.TrimEnd('\n').Split('\n').Select(line => "  " + line),
            "reload the unit definitions and read the effective ExecStart back",
            $"restart {Id} and wait until it is active",
            .. Proof(),
            $"put the drop-in back and restart {Id} if any of this fails",
        ];

    private IEnumerable<string> Proof() =>
    [
        .. Health,
        "compare the command line of the running process",
        string.Create(CultureInfo.InvariantCulture, $"all of this within {Budget.TotalSeconds:0.###} s"),
    ];
}
