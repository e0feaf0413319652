using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Reporting;

namespace HxOps.Cli;

/// <summary>One run of one command: its arguments, where its result goes, and whom it can ask.</summary>
internal sealed class Call(CommandHost host, ParseResult arguments, ResultWriter results, EventPrinter events)
{
    private DeploymentContext? _context;

    /// <summary>The deployment that the command works on, opened when first asked for.</summary>
    public DeploymentContext Context => _context ??= host.Deployments.Open(arguments.GetValue(host.Globals.Deployment), Root);

    /// <summary>Where the deployment's absolute paths lie.</summary>
    public HostRoot Root => HostRoot.At(arguments.GetValue(host.Globals.Root));

    /// <summary>Knows the deployment files.</summary>
    public DeploymentOpener Deployments => host.Deployments;

    /// <summary>Whether the result is one JSON document.</summary>
    public bool IsJson => results.IsJson;

    /// <summary>Where Core tells what it does.</summary>
    public IProgress<HxEvent> Events => events;

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => arguments.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => arguments.GetValue(argument);

    /// <summary>Takes the deployment's lock.</summary>
    public DeploymentLease Lock(string purpose) => DeploymentLock.Acquire(Context.StateFolder, purpose);

    /// <summary>From here on every step that ends is told on standard output: the operator follows a change as it happens.</summary>
    public void TellSteps() => events.StepsGoTo(results.IsJson ? null : host.Terminal);

    /// <summary>Writes the result: as JSON, or in the words of <paramref name="render"/>.</summary>
    public void Write<T>(T value, JsonTypeInfo<T> json, Action<Page, T> render)
    {
        events.Settle();
        results.Write(value, json, render);
    }

    /// <summary>Writes what would be done, line by line, and that it is done with.</summary>
    public ExitCode Preview(ImmutableArray<string> lines)
    {
        Write(lines, HxJson.Output.ImmutableArrayString, PlanViews.Lines);
        return ExitCode.Done;
    }

    /// <summary>Writes one line for people; nothing in a JSON run.</summary>
    public void Tell(string line)
    {
        if (!results.IsJson)
            host.Terminal.WriteLine(line);
    }

    /// <summary>Returns when the caller agrees to what was described, and throws when not.</summary>
    /// <param name="question">What will happen, as a question.</param>
    /// <param name="target">The user's own value that it happens to.</param>
    /// <param name="agreed">Whether <c>--yes</c> was given.</param>
    /// <param name="cancellation">Stops waiting for the answer.</param>
    public async Task ConfirmAsync(string question, string target, bool agreed, CancellationToken cancellation)
    {
        if (agreed)
            return;

        events.Settle();
        if (!host.Terminal.CanAsk)
            throw new HxException(CommonErrors.NotConfirmed, target, "Nobody can be asked on standard input, and --yes was not given. Nothing was changed.");

        var answer = (await host.Terminal.AskAsync($"{question} [y/N] ", cancellation))?.Trim();
        if (answer is null || !(answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase)))
            throw new HxException(CommonErrors.NotConfirmed, target, "The answer was not yes. Nothing was changed.");
    }
}
