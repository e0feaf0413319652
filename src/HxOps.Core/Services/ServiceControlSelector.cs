using HxOps.Files;
using HxOps.Services.Embedded;
using HxOps.Services.Systemd;
using HxOps.Tools;

namespace HxOps.Services;

/// <summary>Chooses what runs the units.</summary>
public static class ServiceControlSelector
{
    /// <summary>Exists exactly where systemd is the machine's init.</summary>
    private const string SystemdSign = "/run/systemd/system";

    /// <summary>systemd on the machine itself where it runs; the embedded supervisor below a root and elsewhere.</summary>
    public static IServiceControl For(HostRoot root) =>
        root.IsMachine && Directory.Exists(SystemdSign)
            ? new SystemdServices(new ProcessRunner(), TimeProvider.System)
            : new EmbeddedSupervisor(root, TimeProvider.System);
}
