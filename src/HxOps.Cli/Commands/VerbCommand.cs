using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Errors;

namespace HxOps.Cli.Commands;

/// <summary>A verb of hxops: its arguments, examples for its help, and what it does.</summary>
internal abstract class VerbCommand : Command
{
    protected VerbCommand(CommandHost host, string name, string description, params ImmutableArray<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction((arguments, cancellation) => host.RunAsync(arguments, RunAsync, cancellation));
    }

    /// <summary>Command lines that work as they are, shown below the help.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>Does what the verb says. Whatever goes wrong is thrown.</summary>
    protected abstract Task<ExitCode> RunAsync(Call call, CancellationToken cancellation);
}
