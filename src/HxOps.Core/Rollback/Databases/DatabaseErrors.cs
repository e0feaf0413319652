using HxOps.Errors;

namespace HxOps.Rollback.Databases;

/// <summary>Failures of working on databases.</summary>
public static class DatabaseErrors
{
    /// <summary>A script would have dropped what the plan does not name.</summary>
    public static readonly ErrorId WouldDropMore = new("DatabaseWouldDropMore", ExitCode.Refused,
        "Nothing was changed. Take the CASCADE out of the script, or name what else may go under 'drops' in the plan.");

    /// <summary>A script failed.</summary>
    public static readonly ErrorId ScriptFailed = new("DatabaseScriptFailed", ExitCode.Failed,
        "Nothing was changed: the script ran in one transaction. Mend the named line, then run the plan again.");

    /// <summary>Another rollback works on the database.</summary>
    public static readonly ErrorId Held = new("DatabaseHeld", ExitCode.Locked,
        "Wait until the other rollback has ended.");

    /// <summary>A dump is not whole, or does not hold what the database holds.</summary>
    public static readonly ErrorId DumpUnusable = new("DatabaseDumpUnusable", ExitCode.VerificationFailed,
        "Look for a full disk or a server that ended, then run the plan again. The dump was not kept.");

    /// <summary>Something is in a database that must not be there, or is missing.</summary>
    public static readonly ErrorId Unexpected = new("DatabaseUnexpected", ExitCode.VerificationFailed,
        "Compare the named things with the plan and settle them by hand.");

    /// <summary>A script has been committed, and what it dropped cannot be taken back step by step.</summary>
    public static readonly ErrorId Committed = new("DatabaseScriptCommitted", ExitCode.Inconsistent,
        "Finish the rollback by running the plan again. Or restore the dump that the message names into the database, and start the service then.");

    /// <summary>A test database could not be had.</summary>
    public static readonly ErrorId TestDatabaseRefused = new("DatabaseTestRefused", ExitCode.Refused,
        "Choose another name for the test database, or drop the one that is there when it is not needed.");
}
