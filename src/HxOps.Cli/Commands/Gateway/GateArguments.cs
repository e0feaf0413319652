using System.CommandLine;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Options of the verbs that ask the gate.</summary>
internal static class GateArguments
{
    public static Option<string> Profile(string otherwise)
    {
        var profile = new Option<string>("--profile")
        {
            HelpName = "full|free",
            Description = "full asks every probe; free none that makes a model work.",
            DefaultValueFactory = _ => otherwise,
        };
        profile.AcceptOnlyFromAmong("full", "free");
        return profile;
    }

    public static Option<string[]> Probes(CommandHost host)
    {
        var probes = new Option<string[]>("--probe") { HelpName = "NAME", Description = "Ask only this probe; may be repeated." };
        probes.CompletionSources.Add(Completion.From(host, context => context.Deployment.Probes.Select(probe => probe.Name)));
        return probes;
    }
}
