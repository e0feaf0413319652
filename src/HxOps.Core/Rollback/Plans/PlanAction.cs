using System.Collections.Immutable;
using HxOps.Gateway;

namespace HxOps.Rollback.Plans;

/// <summary>Something that a step does.</summary>
public abstract record PlanAction
{
    /// <summary>The action in a few words, without secrets.</summary>
    public abstract string Describe();
}

/// <summary>Starts, stops, restarts or reloads a unit.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="Verb">What is done to it.</param>
public sealed record ServiceAction(string Unit, ServiceVerb Verb) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"{Verb.ToString().ToLowerInvariant()} {Unit}";
}

/// <summary>Writes a drop-in of a unit and has the definitions read again.</summary>
/// <param name="Unit">Full unit name.</param>
/// <param name="File">File name of the drop-in, ending in <c>.conf</c>.</param>
/// <param name="Content">Its whole text.</param>
public sealed record DropInAction(string Unit, string File, string Content) : PlanAction
{
    /// <summary>The drop-in's host path.</summary>
    public string Path => $"/etc/systemd/system/{Unit}.d/{File}";

    /// <inheritdoc/>
    public override string Describe() => $"write the drop-in {Path} and reload the definitions";
}

/// <summary>Writes the drop-in that gives the gateway's unit an earlier entry point, and has it read back; the unit is not restarted.</summary>
/// <param name="Source">Id of the entry point, or <c>previous</c> for the newest that differs from the live one.</param>
/// <param name="ConfigurationPath">The configuration file that the program is given.</param>
public sealed record EntryPointAction(string Source, string ConfigurationPath) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"write the drop-in for the entry point {Source} with {ConfigurationPath}, reload the definitions and read them back";
}

/// <summary>Copies the first of some files that exists over another one, whose mode and owner stay.</summary>
/// <param name="From">Candidates, best first.</param>
/// <param name="To">The file that is replaced.</param>
public sealed record CopyFileAction(ImmutableArray<string> From, string To) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"copy {string.Join(", else ", From)} to {To}";
}

/// <summary>Writes a file.</summary>
/// <param name="File">A path on the host.</param>
/// <param name="Content">Its whole text.</param>
/// <param name="Mode">Permission bits of a new file; an old one keeps its own.</param>
public sealed record WriteFileAction(string File, string Content, int Mode) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"write {File}";
}

/// <summary>Removes a file; that it is not there is no failure.</summary>
/// <param name="File">A path on the host.</param>
public sealed record RemoveFileAction(string File) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"remove {File}";
}

/// <summary>Sets one key of an environment file; every other line, the order, the mode and the owner stay.</summary>
/// <param name="File">A path on the host.</param>
/// <param name="Key">The variable.</param>
/// <param name="Value">Its new value; not shown, since such files hold secrets.</param>
public sealed record EnvironmentFileAction(string File, string Key, string Value) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"set {Key} in {File}";
}

/// <summary>Takes a checkpoint.</summary>
/// <param name="Note">The note on it.</param>
public sealed record CheckpointAction(string Note) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => "take a checkpoint";
}

/// <summary>Restores a checkpoint.</summary>
/// <param name="Checkpoint">Its id, or empty for the newest.</param>
/// <param name="Components">Only these components; empty means all.</param>
public sealed record RestoreAction(string Checkpoint, ImmutableArray<string> Components) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"restore {(Checkpoint.Length == 0 ? "the newest checkpoint" : Checkpoint)}";
}

/// <summary>Does something to a compose project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Verb">What is done to it.</param>
/// <param name="Services">Only these services; empty means all.</param>
public sealed record ComposeAction(ComposeProject Project, ComposeVerb Verb, ImmutableArray<string> Services) : PlanAction
{
    /// <summary>The image tag to write into the compose file, for <see cref="ComposeVerb.Tag"/>.</summary>
    public string? Tag { get; init; }

    /// <summary>The file that a list or a log is written to, a path on the host; null writes none.</summary>
    public string? To { get; init; }

    /// <summary>How many lines of the log of each service are read.</summary>
    public int Lines { get; init; } = 100;

    /// <summary>How long a container may take to end before it is killed, in whole seconds; null for compose's own ten.</summary>
    public TimeSpan? Grace { get; init; }

    /// <inheritdoc/>
    public override string Describe() =>
        $"compose {Verb.ToString().ToLowerInvariant()}{string.Concat(Services.Select(service => " " + service))} in {Project.Folder}{(Tag is null ? "" : $" to {Tag}")}{(To is null ? "" : $", into {To}")}";
}

/// <summary>Records, pulls or removes container images.</summary>
/// <param name="Verb">What is done to them.</param>
/// <param name="Images">References such as <c>scenario-gateway:v1.0.0</c>.</param>
public sealed record ImageAction(ImageVerb Verb, ImmutableArray<string> Images) : PlanAction
{
    /// <summary>The compose project whose stopped containers go as well, with their nameless volumes, and whose images stay, for <see cref="ImageVerb.Prune"/>; null lets all containers stay.</summary>
    public ComposeProject? Project { get; init; }

    /// <inheritdoc/>
    public override string Describe() => Verb == ImageVerb.Prune
        ? $"remove unused images but {string.Join(", ", Images)}"
        : $"{Verb.ToString().ToLowerInvariant()} {string.Join(", ", Images)}";
}

/// <summary>Puts a git work tree at a version.</summary>
/// <param name="Folder">The work tree.</param>
/// <param name="Reference">Tag, branch or commit.</param>
/// <param name="Remote">Fetched first; empty fetches nothing.</param>
public sealed record GitAction(string Folder, string Reference, string Remote) : PlanAction
{
    /// <summary>What is done to it.</summary>
    public GitVerb Verb { get; init; }

    /// <inheritdoc/>
    public override string Describe() => Verb == GitVerb.Verify ? $"see that {Reference} can be checked out in {Folder}" : $"check out {Reference} in {Folder}";
}

/// <summary>Asks for every page of a set.</summary>
/// <param name="Base">Base address without a trailing slash.</param>
/// <param name="Pages">Paths below it.</param>
/// <param name="Status">The status code of all of them.</param>
public sealed record PagesAction(Uri Base, ImmutableArray<string> Pages, int Status) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"ask for {Pages.Length} pages of {Base}";
}

/// <summary>Sends a request and judges the answer.</summary>
/// <param name="Request">The request.</param>
/// <param name="Expect">What must come back.</param>
public sealed record HttpAction(HttpCall Request, HttpExpectation Expect) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"{Request.Describe()}, expect {Expect.Status}";
}

/// <summary>Throws a kill switch.</summary>
/// <param name="Url">Where it is thrown.</param>
/// <param name="Health">Where it is read back.</param>
/// <param name="Position">On means that no request is served.</param>
/// <param name="Reason">The reason that is sent along; empty for none.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record KillSwitchAction(Uri Url, Uri Health, SwitchPosition Position, string Reason, string? Secret) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"turn the kill switch {Words.Of(Position)} at {Url}";
}

/// <summary>Sets a feature flag.</summary>
/// <param name="Url">The flag's endpoint: set by PUT, read back by GET.</param>
/// <param name="Flag">Name of the flag.</param>
/// <param name="Position">On or off; off also sets the rollout to zero percent.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record FeatureFlagAction(Uri Url, string Flag, SwitchPosition Position, string? Secret) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"turn the flag {Flag} {Words.Of(Position)}";
}

/// <summary>Asks the gate, until it is healthy or the step's time is over.</summary>
/// <param name="Profile">Which probes are asked.</param>
/// <param name="Probes">Only these of them; empty means all.</param>
public sealed record GateAction(GateProfile Profile, ImmutableArray<string> Probes) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => "ask the gate";
}

/// <summary>Runs a program; any exit code but zero is a failure.</summary>
/// <param name="Command">The program.</param>
public sealed record CommandAction(CommandLine Command) : PlanAction
{
    /// <summary>Whether it only looks: there is nothing to take back, and it may simply be done again.</summary>
    public bool IsReadOnly { get; init; }

    /// <inheritdoc/>
    public override string Describe() => $"run '{Command.Describe()}'";
}

/// <summary>Saves evidence: units and their log, the containers of the plan's compose projects, the state of its work trees, and some addresses.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Addresses">Addresses whose answers are kept, such as metrics and sessions.</param>
public sealed record EvidenceAction(string Name, ImmutableArray<Uri> Addresses) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"save the evidence '{Name}'";
}

/// <summary>Asks a person to agree.</summary>
/// <param name="Role">Who is asked.</param>
/// <param name="Question">To what.</param>
public sealed record ApprovalAction(string Role, string Question) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"ask {Role}: {Question}";
}

/// <summary>Writes an announcement.</summary>
/// <param name="Announcement">Name of the text.</param>
public sealed record AnnouncementAction(string Announcement) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"write the announcement '{Announcement}'";
}

/// <summary>Waits until the step's observations hold.</summary>
public sealed record WaitAction : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => "wait";
}
