using HxOps.Rollback.Actions;
using HxOps.Rollback.Databases;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Conditions;

/// <summary>Looks into databases.</summary>
internal sealed class DatabaseObserver(DatabaseOpener databases)
{
    /// <summary>Sees whether names are free.</summary>
    public async Task<ConditionFinding> LookAsync(DatabaseWithoutCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var remaining = await databases.Open(condition.Database, scope).RemainingAsync(condition.Names, cancellation);
        return remaining.IsEmpty
            ? ConditionFinding.Yes($"{condition.Database.Name} has none of {condition.Names.Length} names")
            : ConditionFinding.No($"there is {CatalogueChanges.Name(remaining)}");
    }
}
