using HxOps.Errors;

namespace HxOps.Files;

/// <summary>Lets one writer at a time change a deployment.</summary>
public static class DeploymentLock
{
    /// <summary>Another process holds the deployment.</summary>
    public static readonly ErrorId Held = new("DeploymentLocked", ExitCode.Locked,
        "Wait until the named process has ended, or stop it. A lock whose holder has died is taken over without your help.");

    /// <summary>Takes the lock or says who has it.</summary>
    /// <param name="folder">The local folder that holds the lock file, made when missing.</param>
    /// <param name="purpose">What the holder is doing, for whoever has to wait.</param>
    public static DeploymentLease Acquire(string folder, string purpose) => throw new NotImplementedException(folder + purpose);
}

/// <summary>A held lock; disposing it lets the next writer in.</summary>
public sealed class DeploymentLease : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
