using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Embedded;
using HxOps.Services.Systemd;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Services;

/// <summary>Chooses what runs the units.</summary>
public static class ServiceControlSelector
{
    /// <summary>Exists exactly where systemd is the machine's init.</summary>
    private const string SystemdSign = "/run/systemd/system";

    /// <summary>
    /// systemd where it runs: on the machine itself, and on one in namespaces of its own whose root is <c>/proc/PID/root</c>. The embedded
    /// supervisor below a folder and elsewhere.
    /// </summary>
    /// <param name="root">Where the units lie.</param>
    /// <param name="redactor">Takes secrets out of log lines and errors.</param>
    public static IServiceControl For(HostRoot root, Redactor redactor) =>
        SystemdOf(root) is { } entry
            ? new SystemdServices(new ProcessRunner(entry), root, redactor, TimeProvider.System)
            : new EmbeddedSupervisor(root, redactor, TimeProvider.System);

    /// <summary>How to get to the systemd that runs the units of a root; null where none does.</summary>
    internal static HostEntry? SystemdOf(HostRoot root) => HostEntry.To(root) is { } entry && Directory.Exists(root.Locate(SystemdSign)) ? entry : null;

    /// <summary>The same, for callers that know no secrets: only what looks like one is taken out.</summary>
    /// <inheritdoc cref="For(HostRoot, Redactor)"/>
    public static IServiceControl For(HostRoot root) => For(root, Redactor.PatternsOnly);
}
