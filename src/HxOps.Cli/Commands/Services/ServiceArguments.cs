using System.CommandLine;
using System.CommandLine.Completions;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Arguments and options of the verbs that work on units, with completion from the deployment.</summary>
internal static class ServiceArguments
{
    public static Argument<string[]> Units(CommandHost host, string description)
    {
        var units = new Argument<string[]>("UNIT") { HelpName = "UNIT", Description = description, Arity = ArgumentArity.ZeroOrMore };
        units.CompletionSources.Add(Names(host));
        return units;
    }

    public static Argument<string?> Unit(CommandHost host)
    {
        var unit = new Argument<string?>("UNIT") { HelpName = "UNIT", Description = "The unit. Default: the service that the deployment file describes.", Arity = ArgumentArity.ZeroOrOne };
        unit.CompletionSources.Add(Names(host));
        return unit;
    }

    public static Option<string[]> Filter(CommandHost host)
    {
        var units = new Option<string[]>("--unit") { HelpName = "UNIT", Description = "Only this unit; may be repeated. Default: every unit of the deployment." };
        units.CompletionSources.Add(Names(host));
        return units;
    }

    public static Option<TimeSpan?> Timeout() => new("--timeout")
    {
        Description = "The longest wait, such as 90s. Default: the limit of the deployment file and a little more.",
        HelpName = "SPAN",
        CustomParser = SpanArgument.ParseLimit,
    };

    public static Option<bool> NoHealth() => Switches.Of("--no-health", "Do not ask the service for its health.");

    private static Func<CompletionContext, IEnumerable<string>> Names(CommandHost host) => Completion.From(host, context => ServiceUnits.Of(context.Deployment));
}
