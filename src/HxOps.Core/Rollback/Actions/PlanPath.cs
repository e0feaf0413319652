using HxOps.Files;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Resolves the paths of a plan: relative ones start from the plan's root, wherever the caller stands.</summary>
internal static class PlanPath
{
    /// <summary>The local path.</summary>
    public static string Locate(HostRoot root, RollbackPlan plan, string path) =>
        root.Locate(Path.GetFullPath(Path.Combine(plan.Root, path)));
}
