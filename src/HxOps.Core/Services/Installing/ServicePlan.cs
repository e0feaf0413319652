using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HxOps.Deployments;

namespace HxOps.Services.Installing;

/// <summary>What installing or removing the service would do; <c>-WhatIf</c> prints it.</summary>
public sealed record ServicePlan
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required InstallRequest Request { get; init; }

    /// <summary>What would be done, in order.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    /// <summary>What stays as it is and deserves a word.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The unit file as it would be written; empty when it goes.</summary>
    public string UnitFile { get; init; } = "";

    /// <summary>How it differs from the present one, as lines of a unified diff; empty when it is new or does not differ.</summary>
    public ImmutableArray<string> Diff { get; init; } = [];

    /// <summary>Whether nothing has to change.</summary>
    public bool IsAlreadyThere => Steps.IsEmpty;

    /// <summary>The account to be made, or null.</summary>
    [JsonIgnore]
    internal ServiceAccount? Account { get; init; }

    /// <summary>The paths to be changed, in order.</summary>
    [JsonIgnore]
    internal ImmutableArray<PathChange> Changes { get; init; } = [];

    /// <summary>The plan as lines of text, in the order in which it would run.</summary>
    public ImmutableArray<string> Describe()
    {
        var title = Request.Action switch
        {
            InstallAction.Install when IsAlreadyThere => $"{Id} is installed as the deployment file describes it; nothing changes",
            InstallAction.Install => $"Install {Id}",
            _ when IsAlreadyThere => $"{Id} is not installed; nothing changes",
            _ => $"Remove {Id}",
        };
        return [title, .. Steps, .. Notes.Select(note => "note: " + note), .. Text()];
    }

    private IEnumerable<string> Text()
    {
        if (UnitFile.Length == 0 || IsAlreadyThere)
            return [];

        return Diff.IsEmpty ? ["the unit file:", .. UnitFile.TrimEnd('\n').Split('\n').Select(line => "  " + line)] : ["the unit file changes:", .. Diff.Select(line => "  " + line)];
    }
}

/// <summary>What is wanted of the service's files.</summary>
public sealed record InstallRequest
{
    /// <summary>Whether it is put on the machine or taken off.</summary>
    public required InstallAction Action { get; init; }

    /// <summary>How far it goes.</summary>
    public InstallOptions Options { get; init; }
}

/// <summary>Whether a service is put on a machine or taken off.</summary>
public enum InstallAction
{
    /// <summary>Put it there.</summary>
    Install,

    /// <summary>Take it off.</summary>
    Uninstall,
}

/// <summary>How far an installation or a removal goes.</summary>
[Flags]
public enum InstallOptions
{
    /// <summary>Install and enable; or remove the unit file and its enablement.</summary>
    None = 0,

    /// <summary>Install without having it started at boot.</summary>
    NotAtBoot = 1,

    /// <summary>Start it afterwards, or restart it when its unit file changed.</summary>
    Start = 2,

    /// <summary>Remove drop-ins and the environment file, too.</summary>
    Purge = 4,
}
