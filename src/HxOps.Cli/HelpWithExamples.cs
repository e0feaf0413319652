using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using HxOps.Cli.Commands;

namespace HxOps.Cli;

/// <summary>The usual help, and below it examples or the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction usual, Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly string[] RootText =
    [
        "Exit codes:",
        "  0 done  1 failed  2 usage or bad file  3 not found  4 verification failed",
        "  5 refused  10 locked  20 rolled back after a failed gate",
        "  21 left inconsistent: run 'hxops restore repair'  130 stopped",
        "",
        "Examples:",
        "  hxops demo",
        "  hxops checkpoint new --note 'before the update'",
        "  hxops checkpoint restore --what-if",
        "  hxops gateway test --wait 30",
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var lines = parseResult.CommandResult.Command switch
        {
            VerbCommand { Examples.IsEmpty: false } verb => ["Examples:", .. verb.Examples.Select(example => "  " + example), ""],
            RootCommand => [.. RootText, ""],
            _ => Array.Empty<string>(),
        };
        foreach (var line in lines)
            terminal.WriteLine(line);
        return code;
    }
}
