using HxOps.Errors;

namespace HxOps.Formats;

/// <summary>Failures of reading a foreign format.</summary>
public static class FormatErrors
{
    /// <summary>A YAML text is malformed or exceeds its bounds.</summary>
    public static readonly ErrorId YamlInvalid = new("YamlInvalid", ExitCode.Usage,
        "Mend the YAML text at the line and column named in the message.");

    /// <summary>A file that should hold text is too large or not UTF-8.</summary>
    public static readonly ErrorId TextUnreadable = new("TextUnreadable", ExitCode.Usage,
        "Check that the path names the text file you mean, and save it as UTF-8.");
}
