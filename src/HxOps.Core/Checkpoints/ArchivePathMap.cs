using HxOps.Deployments;

namespace HxOps.Checkpoints;

/// <summary>Tells where an archive path belongs on the host, for archives of the old kit, which do not say so themselves.</summary>
public sealed class ArchivePathMap(DeploymentContext context)
{
    /// <summary>The place of an archive path on the host; null for what was generated and for what no component holds.</summary>
    /// <param name="archivePath">A path below <c>snapshot/</c>, such as <c>config/config.yaml</c>.</param>
    public MappedPath? Map(string archivePath) => throw new NotImplementedException(context + archivePath);
}

/// <summary>Where an archive path belongs.</summary>
/// <param name="HostPath">The path on the host.</param>
/// <param name="Component">The component that holds it.</param>
/// <param name="Source">The source that it would be captured by.</param>
public sealed record MappedPath(string HostPath, Component Component, FileSource Source);
