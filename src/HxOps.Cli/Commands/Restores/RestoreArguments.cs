using System.CommandLine;
using HxOps.Restoring;

namespace HxOps.Cli.Commands.Restores;

/// <summary>Arguments that name restores, with completion from those that were made.</summary>
internal static class RestoreArguments
{
    public static Argument<string?> Any(CommandHost host, string description) => Among(host, description, _ => true);

    public static Argument<string?> Awaited(CommandHost host, string description) =>
        Among(host, description, restore => restore.Confirmation == RestoreConfirmation.Awaited);

    private static Argument<string?> Among(CommandHost host, string description, Func<RestoreInfo, bool> isOffered)
    {
        var restore = new Argument<string?>("RESTORE") { HelpName = "RESTORE", Description = description, Arity = ArgumentArity.ZeroOrOne };
        restore.CompletionSources.Add(Completion.From(host, context => new RestoreCatalog(context).List().Where(isOffered).Select(restore => restore.Id)));
        return restore;
    }
}
