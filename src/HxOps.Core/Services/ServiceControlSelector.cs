using HxOps.Files;
using HxOps.Services.Embedded;

namespace HxOps.Services;

/// <summary>Chooses what runs the units.</summary>
public static class ServiceControlSelector
{
    /// <summary>systemd on the machine itself where it runs; the embedded supervisor below a root and elsewhere.</summary>
    public static IServiceControl For(HostRoot root) => new EmbeddedSupervisor(root, TimeProvider.System);
}
