using System.Collections.Immutable;

namespace HxOps.Rollback.Plans;

/// <summary>Dumps a database and reads the dump back whole. It gets its name only once it is proven, with mode 600.</summary>
/// <param name="Database">The database.</param>
/// <param name="To">Where the dump goes on the host.</param>
/// <param name="Proof">How the dump is proven.</param>
public sealed record DatabaseBackupAction(DatabaseTarget Database, string To, DumpCheck Proof) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"dump {Database.Name} to {To} and {(Proof == DumpCheck.Restore ? "restore it into a scratch database" : "read it back")}";
}

/// <summary>Runs an SQL script in one transaction that stops at the first error.</summary>
/// <param name="Database">The database.</param>
/// <param name="Script">The script, a path on the host.</param>
/// <param name="Drops">All that it drops, which is seen to be gone afterwards; anything else that would go is a refusal.</param>
public sealed record DatabaseScriptAction(DatabaseTarget Database, string Script, ImmutableArray<string> Drops) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"run {Script} on {Database.Name}, which drops {string.Join(", ", Drops)} and nothing else";
}

/// <summary>Tries an SQL script on a test database with the real one's definitions, which is dropped whatever happens.</summary>
/// <param name="Database">The real database; it is only read.</param>
/// <param name="TestDatabase">Name of the test database.</param>
/// <param name="Migration">The script that made what is dropped, a path on the host; null to try it on the definitions as they are.</param>
/// <param name="Rows">Statements that insert test rows, or null.</param>
/// <param name="Script">The script, a path on the host.</param>
/// <param name="Drops">All that it drops; anything else that would go is a refusal.</param>
public sealed record DatabaseRehearsalAction(DatabaseTarget Database, string TestDatabase, string? Migration, string? Rows, string Script, ImmutableArray<string> Drops) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"try {Script} on the test database {TestDatabase} and drop that";
}

/// <summary>Compares the catalogue with how it was before a script ran: all that went, constraints on other tables included.</summary>
/// <param name="Since">Name of the step that ran the script.</param>
public sealed record DatabaseReconcileAction(string Since) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"compare the catalogue with the one before '{Since}'";
}

/// <summary>Asserts that no table of a name pattern is left.</summary>
/// <param name="Database">The database.</param>
/// <param name="NoTableLike">An SQL LIKE pattern; an underscore to be taken literally is written <c>\_</c>.</param>
public sealed record DatabaseAssertAction(DatabaseTarget Database, string NoTableLike) : PlanAction
{
    /// <inheritdoc/>
    public override string Describe() => $"see that {Database.Name} has no table like {NoTableLike}";
}
