using HxOps.Services;

namespace HxOps.Restoring.Guarding;

/// <summary>Chooses who wakes the guard.</summary>
internal static class GuardKeeperSelector
{
    /// <summary>A timer of systemd on a machine that has it, when the caller may make one; else a process of its own.</summary>
    internal static IGuardKeeper For(DeploymentContext context) =>
        Environment.IsPrivilegedProcess && ServiceControlSelector.SystemdOf(context.Root) is { } entry
            ? new TimerKeeper(context, entry)
            : new ProcessKeeper(context);
}
