using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback.Databases;

/// <summary>One server for all tests of databases.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseGroup : ICollectionFixture<PostgresCluster>
{
    public const string Name = "databases";
}

/// <summary>A database of the LLM Hub and plans that work on it.</summary>
internal sealed class DatabaseFixture : IDisposable
{
    private const string Drops = "[llm_usage_analytics, llm_routing_rules, llm_model_tier_rules, llm_models, llm_provider_keys, llm_providers, idx_provider_keys_user_id, "
        + "idx_models_provider, idx_routing_rules_user_id, idx_usage_analytics_user_id, idx_usage_analytics_timestamp, update_updated_at_column]";

    private readonly PostgresCluster _cluster;

    public DatabaseFixture(PostgresCluster cluster, params string[] more)
    {
        Skip.IfNot(cluster.Absence is null, cluster.Absence);
        _cluster = cluster;
        Database = cluster.NewDatabase([LlmHubSchema.Base, LlmHubSchema.Migration, LlmHubSchema.Rows, .. more]);
    }

    public PlanFixture Plans { get; } = new();

    public string Database { get; }

    /// <summary>The keys that name the database in an action.</summary>
    public string Target => $"host: {_cluster.Host}, user: unicorn, database: {Database}";

    public string Query(string statements) => _cluster.Run(Database, statements);

    /// <summary>How many of the six tables are there.</summary>
    public int TableCount() =>
        int.Parse(Query($"SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname IN ({string.Join(", ", LlmHubSchema.Tables.Select(table => $"'{table}'"))})"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A step that runs a script.</summary>
    public string Script(string text, string budget = "30s", string drops = Drops)
    {
        File.WriteAllText(Plans["rollback.sql"], text);
        return Step("script", $"do: database-script, {Target}, script: rollback.sql, drops: {drops}", budget);
    }

    /// <summary>A step.</summary>
    public static string Step(string name, string action, string budget = "30s") => $$"""
              - name: {{name}}
                budget: {{budget}}
                action: { {{action}} }

        """;

    public Task<RunResult> RunAsync(string steps) => Plans.RunAsync(Plans.Plan(steps));

    public void Dispose()
    {
        Plans.Dispose();
        _cluster.Run("postgres", $"DROP DATABASE {Database} WITH (FORCE)");
    }
}
