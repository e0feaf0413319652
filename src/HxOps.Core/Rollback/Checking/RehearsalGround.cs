using System.Security.Cryptography;
using HxOps.Files;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;
using HxOps.Services;

namespace HxOps.Rollback.Checking;

/// <summary>A private folder with copies of the files that a scenario touches, below which it is rehearsed. Disposing it removes all of it.</summary>
internal sealed class RehearsalGround : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder;

    public RehearsalGround(DeploymentContext context, RollbackPlan plan, PlanScenario scenario, Action<string> note)
    {
        _folder = TemporaryFolder.Make("hxops-rehearsal-");
        var root = HostRoot.At(_folder);
        Context = context with { Root = root, Services = ServiceControlSelector.For(root, context.Secrets.CreateRedactor()) };
        Directory.CreateDirectory(PlanPath.Locate(root, plan, "."));
        foreach (var (path, standIn) in Files(scenario))
        {
            Copy(PlanPath.Locate(context.Root, plan, path), PlanPath.Locate(root, plan, path), standIn, note);
        }
    }

    /// <summary>The deployment below the folder.</summary>
    public DeploymentContext Context { get; }

    /// <summary>Every file below the folder with its mode and content, but those that HxOps keeps for itself.</summary>
    public SortedDictionary<string, string> Snapshot()
    {
        var state = Context.StateFolder + "/";
        return new(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(state, StringComparison.Ordinal))
            .ToDictionary(path => Context.Root.HostPathOf(path), path => $"{File.GetUnixFileMode(path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}"), StringComparer.Ordinal);
    }

    public void Dispose() => TreeRemover.Remove(_folder);

    // A file that is not on this machine has a stand-in where a step could not do without it.
    private static IEnumerable<(string Path, string? StandIn)> Files(PlanScenario scenario)
    {
        foreach (var action in scenario.Steps.SelectMany(PlanReferences.Actions))
        {
            switch (action)
            {
                case EnvironmentFileAction file:
                    yield return (file.File, $"{file.Key}=before\n");
                    break;
                case CopyFileAction copy:
                    yield return (copy.To, null);
                    foreach (var (index, from) in copy.From.Index())
                    {
                        yield return (from, index == copy.From.Length - 1 ? "stand-in\n" : null);
                    }

                    break;
                case WriteFileAction file:
                    yield return (file.File, null);
                    break;
                case RemoveFileAction file:
                    yield return (file.File, null);
                    break;
                case DropInAction dropIn:
                    yield return (dropIn.Path, null);
                    break;
                case HttpAction { Request.BodyFile: { } body }:
                    yield return (body, "{}\n");
                    break;
            }
        }
    }

    private static void Copy(string from, string to, string? standIn, Action<string> note)
    {
        if (File.Exists(to))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (File.Exists(from))
        {
            DurableFile.WriteAllBytes(to, FileReplacement.Read(from), Private);
        }
        else if (standIn is not null)
        {
            note($"the file {from}, which is not here");
            DurableFile.WriteAllText(to, standIn, Private);
        }
    }
}
