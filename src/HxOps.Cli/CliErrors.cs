using HxOps.Errors;

namespace HxOps.Cli;

/// <summary>Failures that only the command line can meet.</summary>
public static class CliErrors
{
    /// <summary>The arguments make no sense.</summary>
    public static readonly ErrorId CommandLineInvalid = new("CommandLineInvalid", ExitCode.Usage,
        "Run the command with --help to see what it takes.");

    /// <summary>A defect of HxOps.</summary>
    public static readonly ErrorId Unexpected = new("Unexpected", ExitCode.Failed,
        "This is a defect of HxOps. Please report it with the output of the same command and --verbose.");
}
