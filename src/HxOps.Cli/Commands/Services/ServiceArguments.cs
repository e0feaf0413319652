using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Arguments and options of the verbs that work on units, with completion from the deployment.</summary>
internal static class ServiceArguments
{
    public static Argument<string[]> Units(CommandHost host, string description)
    {
        var units = new Argument<string[]>("UNIT") { HelpName = "UNIT", Description = description, Arity = ArgumentArity.ZeroOrMore };
        units.CompletionSources.Add(context => Names(host, context.ParseResult));
        return units;
    }

    public static Argument<string?> Unit(CommandHost host)
    {
        var unit = new Argument<string?>("UNIT") { HelpName = "UNIT", Description = "The unit. Default: the service that the deployment file describes.", Arity = ArgumentArity.ZeroOrOne };
        unit.CompletionSources.Add(context => Names(host, context.ParseResult));
        return unit;
    }

    public static Option<TimeSpan?> Timeout() => new("--timeout")
    {
        Description = "The longest wait, such as 90s. Default: the limit of the deployment file and a little more.",
        HelpName = "SPAN",
        CustomParser = SpanArgument.ParseLimit,
    };

    public static Option<bool> NoHealth() => Switches.Of("--no-health", "Do not ask the service for its health.");

    private static ImmutableArray<string> Names(CommandHost host, ParseResult arguments)
    {
        try
        {
            var root = HostRoot.At(arguments.GetValue(host.Globals.Root));
            return ServiceUnits.Of(host.Deployments.Open(arguments.GetValue(host.Globals.Deployment), root).Deployment);
        }
        catch (HxException)
        {
            // A shell that completes has no use for an error.
            return [];
        }
    }
}
