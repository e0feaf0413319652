namespace HxOps.Errors;

/// <summary>How an operation ended, for scripts: the numeric value is the process exit code of <c>hxops</c> and of the runbooks.</summary>
public enum ExitCode
{
    /// <summary>Done, and seen to be done.</summary>
    Done = 0,

    /// <summary>Failed for a reason that none of the other codes names.</summary>
    Failed = 1,

    /// <summary>The call or one of the user's files is malformed.</summary>
    Usage = 2,

    /// <summary>Something the user named does not exist.</summary>
    NotFound = 3,

    /// <summary>An archive, a gate or a configuration did not pass its verification.</summary>
    VerificationFailed = 4,

    /// <summary>Refused before anything changed: drift, unsafe, or not confirmed.</summary>
    Refused = 5,

    /// <summary>Another writer holds the deployment.</summary>
    Locked = 10,

    /// <summary>The gate failed after a change and the state before it is back.</summary>
    RolledBack = 20,

    /// <summary>The host was left between two states; a repair is needed.</summary>
    Inconsistent = 21,

    /// <summary>Stopped by the user.</summary>
    Stopped = 130,
}
