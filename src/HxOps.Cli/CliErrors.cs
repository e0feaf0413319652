using HxOps.Errors;

namespace HxOps.Cli;

/// <summary>Failures that only the command line can meet.</summary>
public static class CliErrors
{
    /// <summary>The arguments make no sense.</summary>
    public static readonly ErrorId CommandLineInvalid = new("CommandLineInvalid", ExitCode.Usage,
        "Run the command with --help to see what it takes.");
}
