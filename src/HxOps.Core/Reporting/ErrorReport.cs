using HxOps.Errors;

namespace HxOps.Reporting;

/// <summary>A failure as scripts read it.</summary>
/// <param name="Id">The kind of failure; docs/errors.md lists them all.</param>
/// <param name="Message">What happened.</param>
/// <param name="Target">The user's own value that failed.</param>
/// <param name="Remedy">What can be done.</param>
/// <param name="ExitCode">The exit code of the command.</param>
public sealed record ErrorReport(string Id, string Message, string Target, string Remedy, ExitCode ExitCode)
{
    /// <summary>The report of a failure.</summary>
    public static ErrorReport Of(HxException failure) =>
        new(failure.Id.Name, failure.Message, failure.Target, failure.Remedy, failure.Id.ExitCode);
}

/// <summary>The document that takes a result's place when there is none.</summary>
/// <param name="Error">Why there is none.</param>
public sealed record ErrorDocument(ErrorReport Error);
