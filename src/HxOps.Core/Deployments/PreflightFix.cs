namespace HxOps.Deployments;

/// <summary>What a preflight may repair when it is told to.</summary>
public enum PreflightFix
{
    /// <summary>Gives the service's folder to the service's account.</summary>
    Ownership,

    /// <summary>Ends the process that holds a port of the gateway in place of its unit.</summary>
    Port,
}
