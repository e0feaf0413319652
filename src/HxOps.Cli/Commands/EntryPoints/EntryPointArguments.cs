using System.CommandLine;
using HxOps.Services.EntryPoints.History;

namespace HxOps.Cli.Commands.EntryPoints;

/// <summary>Arguments of the verbs that are about one entry point, with completion from its history.</summary>
internal static class EntryPointArguments
{
    public static Argument<string?> Source(CommandHost host)
    {
        var source = new Argument<string?>("SOURCE") { HelpName = "SOURCE", Description = "Id of an entry point. Default: the newest that differs from the live one.", Arity = ArgumentArity.ZeroOrOne };
        source.CompletionSources.Add(Completion.From(host, context => new EntryPointHistory(context).ListIds()));
        return source;
    }

    public static Option<string?> Configuration() => new("--config") { HelpName = "FILE", Description = "Configuration file given to the program in place of the recorded one." };
}
