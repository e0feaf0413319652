namespace HxOps.Deployments.Preflight;

/// <summary>One question about a host.</summary>
internal interface IPreflightCheck
{
    /// <summary>What is being looked at, in plain words.</summary>
    string Subject { get; }

    /// <summary>Looks, and changes nothing.</summary>
    Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation);
}
