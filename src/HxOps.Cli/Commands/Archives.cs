using System.CommandLine;
using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Cli.Commands;

/// <summary>Arguments that name checkpoints, with completion from the backup folder.</summary>
internal static class Archives
{
    // HelpName is set, or the help would list every checkpoint there is.
    public static Argument<string?> Optional(CommandHost host) =>
        Completing(host, new Argument<string?>("ARCHIVE") { HelpName = "ARCHIVE", Description = "Id, file name or path of a checkpoint. Default: the newest.", Arity = ArgumentArity.ZeroOrOne });

    public static Argument<string> Required(CommandHost host) =>
        Completing(host, new Argument<string>("ARCHIVE") { HelpName = "ARCHIVE", Description = "Id, file name or path of a checkpoint." });

    public static Argument<string[]> Many(CommandHost host) =>
        Completing(host, new Argument<string[]>("ARCHIVE") { HelpName = "ARCHIVE", Description = "Checkpoints to remove. Default: those that no rule keeps.", Arity = ArgumentArity.ZeroOrMore });

    private static T Completing<T>(CommandHost host, T argument)
        where T : Argument
    {
        argument.CompletionSources.Add(context => Ids(host, context.ParseResult));
        return argument;
    }

    private static IEnumerable<string> Ids(CommandHost host, ParseResult arguments)
    {
        try
        {
            var root = HostRoot.At(arguments.GetValue(host.Globals.Root));
            var context = host.Deployments.Open(arguments.GetValue(host.Globals.Deployment), root);
            return new CheckpointCatalog(context).List().Select(checkpoint => checkpoint.Id);
        }
        catch (HxException)
        {
            // A shell that completes has no use for an error.
            return [];
        }
    }
}
