using HxOps.Errors;

namespace HxOps.Formats;

/// <summary>Failures of reading a foreign format.</summary>
public static class FormatErrors
{
    /// <summary>A YAML text is malformed or exceeds its bounds.</summary>
    public static readonly ErrorId YamlInvalid = new("YamlInvalid", ExitCode.Usage,
        "Mend the YAML text at the line and column named in the message.");
}
