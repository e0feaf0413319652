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
        "Leave the profile away, or name only probes that make no model work.");
}
