using System.CommandLine;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Arguments that name runs, with completion from those that were made.</summary>
internal static class RunArguments
{
    public static Argument<string?> Optional(string description) =>
        new("RUN") { HelpName = "RUN", Description = description, Arity = ArgumentArity.ZeroOrOne };

    public static void Complete(Argument<string?> argument, CommandHost host) => argument.CompletionSources.Add(context =>
    {
        try
        {
            var root = HostRoot.At(context.ParseResult.GetValue(host.Globals.Root));
            return new RunCatalog(host.Deployments.Open(context.ParseResult.GetValue(host.Globals.Deployment), root)).List().Select(run => run.Id);
        }
        catch (HxException)
        {
            return []; // A shell that completes has no use for an error.
        }
    });
}
