using HxOps.Errors;

namespace HxOps.Tools;

/// <summary>Failures of running programs.</summary>
public static class ToolErrors
{
    /// <summary>The program is not installed, or may not be run.</summary>
    public static readonly ErrorId Missing = new("ToolMissing", ExitCode.Failed,
        "Install the program, or put it on the PATH.");

    /// <summary>The program exited with an error.</summary>
    public static readonly ErrorId Failed = new("ToolFailed", ExitCode.Failed,
        "Read the program's own words in the message.");

    /// <summary>The program did not end in its time and was killed.</summary>
    public static readonly ErrorId TimedOut = new("ToolTimedOut", ExitCode.Failed,
        "Find out what the program was waiting for, then run the command again.");

    /// <summary>Another host could not be reached by ssh.</summary>
    public static readonly ErrorId HostUnreachable = new("HostUnreachable", ExitCode.Failed,
        "See that 'ssh -o BatchMode=yes HOST true' works: the host is up and known, and a key opens it. Then run the command again; it goes on where it stopped.");
}
