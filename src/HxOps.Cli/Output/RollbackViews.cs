using HxOps.Rollback.Criteria;

namespace HxOps.Cli.Output;

/// <summary>How rollbacks look.</summary>
internal static class RollbackViews
{
    public static void Decision(Page page, RollbackDecision decision)
    {
        foreach (var line in decision.Describe())
            page.Sentence(line, indent: 2);
    }
}
