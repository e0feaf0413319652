using System.Collections;
using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Restoring.Guarding;

/// <summary>How hxops is called to guard a restore: with the deployment and the root of the caller, and without his secrets.</summary>
/// <param name="context">The caller's deployment.</param>
/// <param name="root">The root as the guard will see it.</param>
internal sealed class GuardCommand(DeploymentContext context, HostRoot root)
{
    /// <summary>How long the trial may take: a machine in need of a restore may be a busy one.</summary>
    internal static readonly TimeSpan TrialLimit = TimeSpan.FromSeconds(60);

    private static readonly ImmutableHashSet<string> Usual = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR"];

    /// <summary>The variables that hxops and the deployment file need to be read; no value of a secret is among them.</summary>
    internal ImmutableDictionary<string, string> Environment { get; } = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => IsNeeded((string)variable.Key, context))
        .ToImmutableDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    /// <summary>The whole command of the guard.</summary>
    internal ImmutableArray<string> Guard(string id) => Words("restore", "guard", id);

    /// <summary>A harmless command that starts the same program on the same deployment and names the restore.</summary>
    internal ImmutableArray<string> Trial() => Words("restore", "list");

    /// <summary>Refuses when the trial did not come to the restore.</summary>
    /// <exception cref="HxException"><see cref="GuardErrors.Unavailable"/>.</exception>
    internal void Require(ToolResult trial, string id)
    {
        if (trial.Succeeded && trial.Output.Contains(id, StringComparison.Ordinal))
            return;

        throw new HxException(GuardErrors.Unavailable, context.HxopsCommand[0],
            $"{context.HxopsCommand[0]} does not see the restore that it has to guard (exit code {trial.ExitCode}).{ProcessRunner.Said(trial)}");
    }

    private ImmutableArray<string> Words(params ReadOnlySpan<string> verb) =>
    [
        .. context.HxopsCommand,
        "--deployment", root.IsMachine ? context.Root.HostPathOf(context.Deployment.Source) : context.Deployment.Source,
        .. root.IsMachine ? ImmutableArray<string>.Empty : ["--root", root.Folder],
        .. verb,
    ];

    private static bool IsNeeded(string name, DeploymentContext context) =>
        (Usual.Contains(name) || name.StartsWith("DOTNET_", StringComparison.Ordinal) || context.Deployment.Variables.Contains(name))
        && !context.Deployment.Secrets.Any(secret => secret.Variable == name);
}
