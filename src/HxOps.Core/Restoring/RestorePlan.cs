using System.Collections.Immutable;
using HxOps.Checkpoints;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring;

/// <summary>What a restore would do, step by step; <c>-WhatIf</c> prints it and the runner carries out just this.</summary>
public sealed record RestorePlan
{
    /// <summary>The checkpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>The verified checkpoint.</summary>
    public required CheckpointInfo Checkpoint { get; init; }

    /// <summary>What the caller wanted.</summary>
    public required RestoreOptions Options { get; init; }

    /// <summary>What happens to each managed path that does not stay as it is.</summary>
    public required ImmutableArray<PathChange> Changes { get; init; }

    /// <summary>How many managed paths stay as they are.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Units to stop, in order.</summary>
    public required ImmutableArray<string> Stop { get; init; }

    /// <summary>Units to start, in order; those with a condition are decided when the files are in place.</summary>
    public required ImmutableArray<string> Start { get; init; }

    /// <summary>Whether nothing at all would change: neither a path nor whether a unit runs. The gate is asked all the same.</summary>
    public bool IsIdle { get; init; }

    /// <summary>What the operator should know before agreeing: modes that differ from policy, another host, another deployment.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>What the runner must know besides; null in a plan that was not made by the planner.</summary>
    internal RestoreWork? Work { get; init; }

    /// <summary>The plan as lines of text, in the order in which it would run.</summary>
    public ImmutableArray<string> Describe() => RestorePlanText.Lines(this);
}

/// <summary>What happens to one path.</summary>
/// <param name="HostPath">The path.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Component">The component it belongs to.</param>
/// <param name="Detail">What differs, in a few words: <c>mode 600 to 644, owner root:root to root:hx-gateway</c>.</param>
public sealed record PathChange(string HostPath, PathChangeKind Kind, string Component, string Detail);

/// <summary>What can happen to a path.</summary>
public enum PathChangeKind
{
    /// <summary>It does not exist yet.</summary>
    Create,

    /// <summary>Its content, kind or link target changes.</summary>
    Replace,

    /// <summary>Only mode, owner, times or attributes change.</summary>
    Metadata,

    /// <summary>It is removed.</summary>
    Remove,
}
