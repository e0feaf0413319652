using HxOps.Errors;

namespace HxOps.Services;

/// <summary>Failures of running units.</summary>
public static class ServiceErrors
{
    /// <summary>A unit did not become active in its time, or ended while starting.</summary>
    public static readonly ErrorId StartFailed = new("UnitStartFailed", ExitCode.Failed,
        "Read the unit's log lines in the message, mend the cause, and start the unit again.");

    /// <summary>A unit did not stop in its time.</summary>
    public static readonly ErrorId StopFailed = new("UnitStopFailed", ExitCode.Failed,
        "Look at what the unit's process is waiting for, stop it by hand, and run the command again.");

    /// <summary>A unit's own reload failed; it runs on with what it had.</summary>
    public static readonly ErrorId ReloadFailed = new("UnitReloadFailed", ExitCode.Failed,
        "Validate the configuration that changed, mend it, and reload again; or restart the unit.");

    /// <summary>There is no such unit.</summary>
    public static readonly ErrorId UnitNotFound = new("UnitNotFound", ExitCode.NotFound,
        "Install the unit file, or correct the unit's name in the deployment file.");

    /// <summary>A unit file cannot be understood.</summary>
    public static readonly ErrorId UnitFileInvalid = new("UnitFileInvalid", ExitCode.Usage,
        "Mend the unit file at the named line.");

    /// <summary>A unit runs, and what it runs does not answer as it should.</summary>
    public static readonly ErrorId Unhealthy = new("ServiceUnhealthy", ExitCode.VerificationFailed,
        "The unit was left running. Read its log lines in the message, and ask again with Test-HxGateway or hxops gateway test.");

    /// <summary>The deployment names no such unit.</summary>
    public static readonly ErrorId NotManaged = new("UnitNotManaged", ExitCode.NotFound,
        "Name one of the units in the message, or add the unit to the deployment file.");

    /// <summary>What the service runs is not installed.</summary>
    public static readonly ErrorId DependenciesMissing = new("ServiceDependenciesMissing", ExitCode.Refused,
        "Install what the service runs first, then the service. Nothing was changed.");

    /// <summary>A key that the environment file needs has no value of its own.</summary>
    public static readonly ErrorId SecretUnset = new("ServiceSecretUnset", ExitCode.Refused,
        "Set the variable named in the message to the gateway's real key for this command, or write it into the environment file yourself. Nothing was changed.");

    /// <summary>The environment file ends within a quote, or with a backslash that joins what follows.</summary>
    public static readonly ErrorId EnvironmentFileOpen = new("EnvironmentFileOpen", ExitCode.Refused,
        "Close the quote, or take the backslash at the end of the file away, and run the command again. Nothing was changed.");

    /// <summary>The environment file is a link: writing would put a plain file without what it holds in its place.</summary>
    public static readonly ErrorId EnvironmentLinked = new("ServiceEnvironmentLinked", ExitCode.Refused,
        "Put a plain file with the same content in place of the link, or name the linked file in the deployment file. Nothing was changed.");

    /// <summary>systemd would not load the unit file as it is.</summary>
    public static readonly ErrorId UnitRefused = new("UnitFileRefused", ExitCode.Refused,
        "Correct the section 'service' of the deployment file. Nothing was changed.");

    /// <summary>The account that the service runs as cannot be made.</summary>
    public static readonly ErrorId AccountFailed = new("ServiceAccountFailed", ExitCode.Failed,
        "Make the account as the message says, and run the command again.");

    /// <summary>The files are in place, and the service manager does not work with them.</summary>
    public static readonly ErrorId NotInEffect = new("ServiceNotInEffect", ExitCode.RolledBack,
        "The files before are back. Look at what the message names, mend it, and run the command again.");

    /// <summary>The host changed between the plan and its agreement.</summary>
    public static readonly ErrorId PlanStale = new("ServicePlanStale", ExitCode.Refused,
        "Run the command again and read the new plan. Nothing was changed.");

    /// <summary>The record of an interrupted installation cannot be read.</summary>
    public static readonly ErrorId ChangeUnreadable = new("ServiceChangeUnreadable", ExitCode.Inconsistent,
        "Compare the unit's files with the newest checkpoint, put them right, and remove the named file.");

    /// <summary>A pattern for log lines is no regular expression.</summary>
    public static readonly ErrorId PatternInvalid = new("LogPatternInvalid", ExitCode.Usage,
        "Write a regular expression without references back and without looking around.");

    /// <summary>The service manager itself does not answer.</summary>
    public static readonly ErrorId ManagerUnavailable = new("ServiceManagerUnavailable", ExitCode.Failed,
        "Check that systemd runs on this machine and that you may talk to it; or give a root folder to use the embedded supervisor.");
}
