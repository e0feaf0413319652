using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Rollback.Criteria;

namespace HxOps.Rollback.Plans;

/// <summary>A rollback runbook: what is done, in which time, how it is seen to work, and what is done when it does not. Read from one YAML file.</summary>
public sealed record RollbackPlan
{
    /// <summary>The only format version there is so far.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Name by which commands choose it.</summary>
    public required string Name { get; init; }

    /// <summary>One line on what it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Who keeps it right.</summary>
    public required string Owner { get; init; }

    /// <summary>Version of the plan itself, such as <c>1.0 (2025-10-27)</c>.</summary>
    public required string Version { get; init; }

    /// <summary>How often it is read again, such as <c>monthly</c>; empty when nobody has said.</summary>
    public string Review { get; init; } = "";

    /// <summary>The folder that relative paths start from, a host path.</summary>
    public required string Root { get; init; }

    /// <summary>Time within which service should be back; passing it warns and stops nothing.</summary>
    public required TimeSpan Target { get; init; }

    /// <summary>The longest that any scenario may take; its running step is ended then.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>The values that its text refers to as <c>${name}</c>, after what the caller set.</summary>
    public required ImmutableSortedDictionary<string, string> Values { get; init; }

    /// <summary>Who can be asked.</summary>
    public required ImmutableArray<PlanContact> Contacts { get; init; }

    /// <summary>Who is called in as time passes, by time.</summary>
    public required ImmutableArray<EscalationLevel> Escalation { get; init; }

    /// <summary>When to roll back at all; null when the plan does not say.</summary>
    public RollbackCriteria? Criteria { get; init; }

    /// <summary>Texts to send out.</summary>
    public required ImmutableArray<AnnouncementTemplate> Announcements { get; init; }

    /// <summary>What must be true after a rollback, for its report.</summary>
    public ImmutableArray<PlanCheck> Checklist { get; init; } = [];

    /// <summary>Lists of what people do after a rollback, for its report.</summary>
    public ImmutableArray<TaskList> Afterwards { get; init; } = [];

    /// <summary>The ways to roll back; the first one is meant when none is named.</summary>
    public required ImmutableArray<PlanScenario> Scenarios { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The whole text, kept with every run so that a resumed run follows the plan it began with.</summary>
    public required string Text { get; init; }

    /// <summary>The scenario of a name; null or empty means the first one.</summary>
    /// <exception cref="HxException">ScenarioNotFound with the nearest name.</exception>
    public PlanScenario Scenario(string? name) => string.IsNullOrEmpty(name)
        ? Scenarios[0]
        : Scenarios.FirstOrDefault(scenario => scenario.Name == name)
            ?? throw new HxException(PlanErrors.ScenarioNotFound, name, $"The plan {Name} has no scenario '{name}'{NearestName.Hint(name, Scenarios.Select(scenario => scenario.Name))}.");
}

/// <summary>Somebody who can be asked.</summary>
/// <param name="Role">Such as <c>On-Call Engineer</c>.</param>
/// <param name="Reach">Phone, channel or address.</param>
public sealed record PlanContact(string Role, string Reach);

/// <summary>Who is called in when a run has lasted so long.</summary>
/// <param name="Name">Such as <c>Level 2: Technical Lead</c>.</param>
/// <param name="After">Time since the run began.</param>
/// <param name="Contacts">Roles of the contacts to call.</param>
/// <param name="Tools">What that level works with, in words.</param>
public sealed record EscalationLevel(string Name, TimeSpan After, ImmutableArray<string> Contacts, string Tools);

/// <summary>Something that must be true after a rollback.</summary>
/// <param name="Text">What.</param>
/// <param name="Proofs">Sets of steps, in whichever scenario: all steps of one set prove it. Empty when a person has to look.</param>
public sealed record PlanCheck(string Text, ImmutableArray<ImmutableArray<string>> Proofs);

/// <summary>Things that people do after a rollback.</summary>
/// <param name="Name">What the list is about.</param>
/// <param name="Items">What is to be done or answered.</param>
public sealed record TaskList(string Name, ImmutableArray<string> Items);

/// <summary>A text to send out; <c>{plan}</c>, <c>{scenario}</c>, <c>{duration}</c> and <c>{time}</c> are filled in.</summary>
/// <param name="Name">Name by which steps refer to it.</param>
/// <param name="Audience">For whom it is, such as <c>internal</c>.</param>
/// <param name="Text">The text, in Markdown.</param>
public sealed record AnnouncementTemplate(string Name, string Audience, string Text);
