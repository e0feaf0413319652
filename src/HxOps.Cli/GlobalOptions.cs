using System.CommandLine;
using HxOps.Cli.Commands;
using HxOps.Files;

namespace HxOps.Cli;

/// <summary>The options that every command takes, before the noun or behind it.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Deployment { get; } = new("--deployment", "-d")
    {
        Description = "Deployment file, or the name of a shipped one. Else $HXOPS_DEPLOYMENT, /etc/hxops/deployment.yaml, the HX API gateway.",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> Root { get; } = new("--root")
    {
        Description = "Folder put before every absolute path that the deployment names: staging, rehearsal, practice.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document and nothing else on standard output.",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Tell every step on standard error.",
        Recursive = true,
    };

    /// <summary>Adds them to every command, with completion from the deployments that can be named.</summary>
    public void AddTo(RootCommand root, DeploymentOpener deployments)
    {
        Deployment.CompletionSources.Add(Completion.Quietly(line =>
        {
            var locator = deployments.Locator(HostRoot.At(line.ParseResult.GetValue(Root)));
            return locator.List().Select(locator.NameOf);
        }));
        root.Add(Deployment);
        root.Add(Root);
        root.Add(Json);
        root.Add(Verbose);
    }
}
