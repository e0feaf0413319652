using System.CommandLine;
using System.CommandLine.Completions;
using HxOps.Checkpoints.Listing;

namespace HxOps.Cli.Commands;

/// <summary>Arguments that name checkpoints, with completion from the backup folder.</summary>
internal static class Archives
{
    // HelpName is set, or the help would list every checkpoint there is.
    public static Argument<string?> Optional(CommandHost host)
    {
        var argument = new Argument<string?>("ARCHIVE") { HelpName = "ARCHIVE", Description = "Id, file name or path of a checkpoint. Default: the newest.", Arity = ArgumentArity.ZeroOrOne };
        argument.CompletionSources.Add(Ids(host));
        return argument;
    }

    public static Argument<string[]> Many(CommandHost host)
    {
        var argument = new Argument<string[]>("ARCHIVE") { HelpName = "ARCHIVE", Description = "Checkpoints to remove. Default: those that no rule keeps.", Arity = ArgumentArity.ZeroOrMore };
        argument.CompletionSources.Add(Ids(host));
        return argument;
    }

    public static Option<string?> Other(CommandHost host)
    {
        var option = new Option<string?>("--with") { HelpName = "OTHER", Description = "A newer checkpoint to compare with. Default: the live host." };
        option.CompletionSources.Add(Ids(host));
        return option;
    }

    private static Func<CompletionContext, IEnumerable<string>> Ids(CommandHost host) =>
        Completion.From(host, context => new CheckpointCatalog(context).List().Select(checkpoint => checkpoint.Id));
}
