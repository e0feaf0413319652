using System.Management.Automation;
using HxOps.Errors;

namespace HxOps.Pipeline;

/// <summary>The one table from failures to error records.</summary>
internal static class ErrorRecords
{
    /// <summary>
    /// The record of a failure: its id is the first part of FullyQualifiedErrorId, its target the user's own value, its remedy the recommendation.
    /// A script finds the exit code at <c>$_.Exception.Id.ExitCode</c>.
    /// </summary>
    public static ErrorRecord Of(HxException failure) => new(failure, failure.Id.Name, CategoryOf(failure.Id), failure.Target)
    {
        ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.Remedy },
    };

    private static ErrorCategory CategoryOf(ErrorId id) => id.ExitCode switch
    {
        _ when id == CommonErrors.AccessDenied => ErrorCategory.PermissionDenied,
        ExitCode.Usage => ErrorCategory.InvalidArgument,
        ExitCode.NotFound => ErrorCategory.ObjectNotFound,
        ExitCode.VerificationFailed => ErrorCategory.InvalidData,
        ExitCode.Refused => ErrorCategory.InvalidOperation,
        ExitCode.Locked => ErrorCategory.ResourceBusy,
        ExitCode.RolledBack => ErrorCategory.InvalidResult,
        ExitCode.Inconsistent => ErrorCategory.InvalidResult,
        ExitCode.Stopped => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };
}
