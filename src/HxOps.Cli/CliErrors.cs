using HxOps.Errors;

namespace HxOps.Cli;

/// <summary>Failures that only the command line can meet.</summary>
public static class CliErrors
{
    /// <summary>The arguments make no sense.</summary>
    public static readonly ErrorId CommandLineInvalid = new("CommandLineInvalid", ExitCode.Usage,
        "Run the command with --help to see what it takes.");

    /// <summary>What a command wrote did not get where it should.</summary>
    public static readonly ErrorId OutputLost = new("OutputLost", ExitCode.Failed,
        "What the command did stands: see it with the list verb of what it worked on. Make room where the output goes.");
}
