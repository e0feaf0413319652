using HxOps.Tools;

namespace HxOps.Restoring.Guarding;

/// <summary>Chooses who wakes the guard.</summary>
internal static class GuardKeeperSelector
{
    private const string SystemdSign = "/run/systemd/system";

    /// <summary>A timer of systemd on a machine that has it, when the caller may make one; else a process of its own.</summary>
    internal static IGuardKeeper For(DeploymentContext context) =>
        Environment.IsPrivilegedProcess && HostEntry.To(context.Root) is { } entry && Directory.Exists(context.Root.Locate(SystemdSign))
            ? new TimerKeeper(context, entry)
            : new ProcessKeeper(context);
}
