using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using HxOps.Errors;
using HxOps.Services.EntryPoints.Rehearsing;

namespace HxOps.Cli.Commands.EntryPoints;

/// <summary>Answers health questions in a rehearsal. Rehearsals start it; it is of no use by itself, so no help shows it.</summary>
internal sealed class EntryPointStandInCommand : VerbCommand
{
    private const string Verb = "stand-in";
    private readonly Argument<int> _port = new("PORT");
    private readonly Argument<string[]> _answers = new("ANSWERS") { Arity = ArgumentArity.ZeroOrMore };

    public EntryPointStandInCommand(CommandHost host)
        : base(host, Verb, "Answer health questions in a rehearsal.")
    {
        Hidden = true;
        Add(_port);
        Add(_answers);
    }

    /// <summary>The command that starts this very program as a stand-in.</summary>
    public static ImmutableArray<string> CommandOf(int port, IEnumerable<string> answers) =>
        [.. OwnCommand.Words, "entrypoint", Verb, port.ToString(CultureInfo.InvariantCulture), .. answers];

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        StandInServer.Serve(call.Get(_port), call.Get(_answers) ?? []);
        return Task.FromResult(ExitCode.Done);
    }
}
