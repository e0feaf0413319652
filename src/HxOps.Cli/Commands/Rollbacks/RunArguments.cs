using System.CommandLine;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Arguments that name runs, with completion from those that were made.</summary>
internal static class RunArguments
{
    public static Argument<string?> Optional(CommandHost host, string description)
    {
        var run = new Argument<string?>("RUN") { HelpName = "RUN", Description = description, Arity = ArgumentArity.ZeroOrOne };
        run.CompletionSources.Add(Completion.From(host, context => new RunCatalog(context).List().Select(run => run.Id)));
        return run;
    }
}
