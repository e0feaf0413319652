using System.Collections.Immutable;

namespace HxOps.Deployments;

/// <summary>The service that HxOps can install: everything its unit file says. All paths are host paths.</summary>
public sealed record GatewayService
{
    /// <summary>Full unit name, such as <c>hx-gateway-ml.service</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>One line on what it is.</summary>
    public required string Description { get; init; }

    /// <summary>The program and its arguments, each as it is; no shell.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The folder it starts in.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The port it listens on.</summary>
    public required int Port { get; init; }

    /// <summary>The account it runs as.</summary>
    public required ServiceAccount Account { get; init; }

    /// <summary>Units it is ordered behind; an ordering only, it starts without them.</summary>
    public required ImmutableArray<string> After { get; init; }

    /// <summary>Units it pulls in; it starts without them too.</summary>
    public required ImmutableArray<string> Wants { get; init; }

    /// <summary>The targets that pull it in once it is enabled.</summary>
    public required ImmutableArray<string> WantedBy { get; init; }

    /// <summary>The file that holds its environment; credentials have no other place.</summary>
    public required ServiceEnvironment Environment { get; init; }

    /// <summary>What it may use.</summary>
    public required ServiceLimits Limits { get; init; }

    /// <summary>The programs that may stand behind the unit, told apart by their command line.</summary>
    public required ImmutableArray<EntryPointKind> EntryPoints { get; init; }

    /// <summary>Files under version control that held the unit, besides the installed one.</summary>
    public required ImmutableArray<string> History { get; init; }

    /// <summary>The task that asks for a documented way back, and the document; null when there is none.</summary>
    public ServiceProcedure? Procedure { get; init; }

    /// <summary>The script that installs what it runs, or null; named where that is missing.</summary>
    public string? Dependencies { get; init; }

    /// <summary>The folder that belongs to its account with all below it, or null.</summary>
    public string? OwnFolder { get; init; }

    /// <summary>The kind of program that a command line belongs to, or null.</summary>
    public EntryPointKind? KindOf(string commandLine) =>
        EntryPoints.FirstOrDefault(kind => commandLine.Contains(kind.Match, StringComparison.Ordinal));
}

/// <summary>The account that a service runs as: a system account without a home folder.</summary>
/// <param name="User">Its name.</param>
/// <param name="Group">Its group.</param>
/// <param name="Shell">Its login shell, one that lets nobody in.</param>
public sealed record ServiceAccount(string User, string Group, string Shell);

/// <summary>The environment file of a service.</summary>
/// <param name="Path">The file, a host path.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Group">Its group.</param>
/// <param name="Mode">Its permission bits, from the first moment on.</param>
/// <param name="Values">Variables that are no secrets.</param>
/// <param name="Secrets">Variables and the names of the secrets that fill them.</param>
public sealed record ServiceEnvironment(
    string Path,
    string Owner,
    string Group,
    int Mode,
    ImmutableSortedDictionary<string, string> Values,
    ImmutableSortedDictionary<string, string> Secrets);

/// <summary>What a service may use.</summary>
/// <param name="OpenFiles">Most open files.</param>
/// <param name="Start">How long it may take to start.</param>
/// <param name="Stop">How long it may take to stop before it is killed.</param>
/// <param name="Memory">Most memory, as systemd writes it, such as <c>512M</c>; null for no limit.</param>
public sealed record ServiceLimits(int OpenFiles, TimeSpan Start, TimeSpan Stop, string? Memory)
{
    /// <summary>What a service may use unless its deployment file says otherwise.</summary>
    public static ServiceLimits Default { get; } = new(65536, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), null);
}

/// <summary>A program that may stand behind a unit, and how its health is asked.</summary>
/// <param name="Name">Name, such as <c>pipeline</c> or <c>litellm</c>.</param>
/// <param name="Match">Text that its command line contains and no other entry point's does.</param>
/// <param name="Health">What is asked, in order; the cheap question first.</param>
public sealed record EntryPointKind(string Name, string Match, ImmutableArray<HealthQuestion> Health);

/// <summary>The record of the task to document and verify the way back to an earlier entry point.</summary>
/// <param name="Task">Its id, such as <c>ENG-010</c>.</param>
/// <param name="Title">What it asks for.</param>
/// <param name="Priority">Its priority, in words.</param>
/// <param name="AssignedTo">Who does it.</param>
/// <param name="Due">When it is due, as <c>2025-09-04</c>; empty for no date.</param>
/// <param name="Created">When it was made, as <c>2025-08-21</c>.</param>
/// <param name="Document">The Markdown file that the procedure belongs into, a host path.</param>
public sealed record ServiceProcedure(string Task, string Title, string Priority, string AssignedTo, string Due, string Created, string Document);

/// <summary>One question about an entry point's health.</summary>
/// <param name="Path">Path and query below the service's own port.</param>
/// <param name="Status">Expected status code.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null for none.</param>
/// <param name="Deadline">How long the answer may take.</param>
public sealed record HealthQuestion(string Path, int Status, string? Secret, TimeSpan Deadline);
