using System.CommandLine.Completions;
using HxOps.Files;

namespace HxOps.Cli.Commands;

/// <summary>Completion from what there is. A shell that completes has no use for an error: where nothing can be read nothing is offered.</summary>
internal static class Completion
{
    /// <summary>What is found in the deployment that the line so far chooses.</summary>
    public static Func<CompletionContext, IEnumerable<string>> From(CommandHost host, Func<DeploymentContext, IEnumerable<string>> offer) => Quietly(line =>
    {
        var root = HostRoot.At(line.ParseResult.GetValue(host.Globals.Root));
        return offer(host.Deployments.Open(line.ParseResult.GetValue(host.Globals.Deployment), root));
    });

    /// <summary>What is found by the line so far.</summary>
    public static Func<CompletionContext, IEnumerable<string>> Quietly(Func<CompletionContext, IEnumerable<string>> offer) => line =>
    {
        try
        {
            return [.. offer(line)];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A line that is not finished has no values yet where a finished one has its defaults.
            return [];
        }
    };
}
