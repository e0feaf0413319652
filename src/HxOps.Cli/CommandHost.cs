using System.CommandLine;
using System.CommandLine.Parsing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli;

/// <summary>What all commands share: the streams, the options and the ports that the composition root chose.</summary>
/// <param name="Terminal">The standard streams.</param>
/// <param name="Globals">The options that every command takes.</param>
/// <param name="Deployments">Opens what a command works on.</param>
internal sealed record CommandHost(Terminal Terminal, GlobalOptions Globals, DeploymentOpener Deployments)
{
    /// <summary>Runs one command and turns however it ends into an exit code.</summary>
    public async Task<int> RunAsync(ParseResult arguments, Func<Call, CancellationToken, Task<ExitCode>> body, CancellationToken cancellation)
    {
        using var events = new EventPrinter(Terminal, arguments.GetValue(Globals.Verbose));
        var results = new ResultWriter(Terminal, arguments.GetValue(Globals.Json));
        try
        {
            return (int)await body(new Call(this, arguments, results, events), cancellation);
        }
        catch (HxException failure)
        {
            events.Dispose();
            return results.WriteFailure(ErrorReport.Of(failure));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            events.Dispose();
            return results.WriteFailure(ErrorReport.Of(new HxException(CommonErrors.Stopped, "", "The command was stopped.")));
        }
        catch (Exception defect)
        {
            events.Dispose();
            return WriteDefect(results, defect, arguments.GetValue(Globals.Verbose));
        }
    }

    /// <summary>Reports arguments that make no sense.</summary>
    public int RejectArguments(ParseResult arguments)
    {
        var unknown = arguments.UnmatchedTokens is [var first, ..] ? first : null;
        var message = unknown is not null
            ? $"'{unknown}' is no command, option or argument of 'hxops{PathOf(arguments)}'."
            : string.Join(" ", arguments.Errors.Select(error => error.Message.ReplaceLineEndings(" ")));
        var target = string.Join(" ", arguments.Tokens.Select(token => token.Value));
        // The option may stand in a part of the line that could not be understood.
        var json = arguments.Tokens.Select(token => token.Value).Concat(arguments.UnmatchedTokens).Contains("--json");
        return new ResultWriter(Terminal, json).WriteFailure(ErrorReport.Of(new HxException(CliErrors.CommandLineInvalid, target, message)));
    }

    /// <summary>The exit code of the program: it is no success when its output got lost, whatever the command itself came to.</summary>
    public int Settle(int code)
    {
        if (Terminal.OutputLoss is not { } cause)
            return code;

        var loss = new HxException(CliErrors.OutputLost, "standard output", $"The output of the command could not be written: {cause.Message}", cause);
        var exitCode = new ResultWriter(Terminal, json: false).WriteFailure(ErrorReport.Of(loss));
        return code == 0 ? exitCode : code;
    }

    private static string PathOf(ParseResult arguments)
    {
        var path = "";
        for (SymbolResult? part = arguments.CommandResult; part is CommandResult { Command: not RootCommand } command; part = part.Parent)
            path = " " + command.Command.Name + path;
        return path;
    }

    private int WriteDefect(ResultWriter results, Exception defect, bool verbose)
    {
        if (verbose)
        {
            foreach (var line in defect.ToString().Split('\n'))
                Terminal.WriteErrorLine(line);
        }

        return results.WriteFailure(ErrorReport.Of(new HxException(CommonErrors.Unexpected, defect.GetType().Name, defect.Message, defect)));
    }
}
