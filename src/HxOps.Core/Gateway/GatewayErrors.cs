using HxOps.Errors;

namespace HxOps.Gateway;

/// <summary>Failures of asking the gate. What the gateway itself does wrong is a finding in the report, never one of these.</summary>
public static class GatewayErrors
{
    /// <summary>The deployment has no probe of the name that was asked for.</summary>
    public static readonly ErrorId ProbeNotFound = new("ProbeNotFound", ExitCode.NotFound,
        "Name one of the probes of the deployment file, or add the probe to it.");

    /// <summary>A probe was asked for by name that its profile leaves out.</summary>
    public static readonly ErrorId ProbeNotInProfile = new("ProbeNotInProfile", ExitCode.Usage,
        "Choose the full profile, or name only probes that make no model work.");

    /// <summary>A watch ended before it saw the verdict that it was to wait for.</summary>
    public static readonly ErrorId VerdictNotSeen = new("VerdictNotSeen", ExitCode.VerificationFailed,
        "Mend what the message names, or watch for longer. Test-HxGateway and 'hxops gateway test' tell all that the probes found.");

    /// <summary>The interval of a watch is too short or too long.</summary>
    public static readonly ErrorId WatchIntervalInvalid = new("WatchIntervalInvalid", ExitCode.Usage,
        "Give an interval from 0.1 s to a day, such as 5s.");
}
