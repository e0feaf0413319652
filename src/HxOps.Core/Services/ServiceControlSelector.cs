using HxOps.Files;

namespace HxOps.Services;

/// <summary>Chooses what runs the units.</summary>
public static class ServiceControlSelector
{
    /// <summary>systemd on the machine itself where it runs; the embedded supervisor below a root and elsewhere.</summary>
    public static IServiceControl For(HostRoot root) => throw new NotImplementedException(root.ToString());
}
