using HxOps.Formats;

namespace HxOps.Deployments;

/// <summary>Something that offline validation found in a configuration file.</summary>
/// <param name="Id">The rule, PascalCase and stable, such as <c>DuplicateModel</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The file, a host path.</param>
/// <param name="Position">Where in it.</param>
/// <param name="Message">What is wrong, without secrets.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ConfigurationFinding(string Id, Severity Severity, string File, TextPosition Position, string Message, string Remedy)
{
    /// <summary>File, line, column and message, as compilers write them.</summary>
    public override string ToString() => $"{File}:{Position}: {Message}";

    /// <summary>File, line, column, how bad it is and the id.</summary>
    public string Headline() => $"{File}:{Position}: {Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" }} {Id}";
}

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>The gateway would not start, or would not do what the file says.</summary>
    Error,

    /// <summary>It would work, and probably not as meant.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Information,
}
