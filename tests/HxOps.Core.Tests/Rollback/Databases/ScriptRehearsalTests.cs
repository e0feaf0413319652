using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback.Databases;

[Collection(DatabaseGroup.Name)]
public sealed class ScriptRehearsalTests(PostgresCluster cluster)
{
    private const string TestDatabase = "unicorn_rollback_test";

    [SkippableFact]
    [Trait("Behaviour", "H-45")]
    [Trait("Behaviour", "H-47")]
    [Trait("Behaviour", "T-19")]
    public async Task The_script_is_tried_on_a_test_database_with_users_which_is_dropped()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await RunAsync(site, LlmHubSchema.Rollback);

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Contains("dropped, 0 created", result.Steps[0].Finding, StringComparison.Ordinal);
        Assert.Equal((6, "2"), (site.TableCount(), site.Query("SELECT count(*) FROM users")));
        AssertDropped(site);
    }

    [SkippableFact]
    public async Task The_test_database_is_dropped_when_the_script_fails()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await RunAsync(site, LlmHubSchema.RollbackWithTypo);

        Assert.Contains("rollback.sql:5 failed on unicorn_rollback_test", Assert.Single(result.Reasons), StringComparison.Ordinal);
        AssertDropped(site);
    }

    [SkippableFact]
    public async Task The_test_database_is_dropped_when_its_rows_do_not_fit()
    {
        using var site = new DatabaseFixture(cluster, "ALTER TABLE users RENAME TO people");

        var result = await RunAsync(site, LlmHubSchema.Rollback);

        Assert.Contains("relation \"users\" does not exist", Assert.Single(result.Reasons), StringComparison.Ordinal);
        AssertDropped(site);
    }

    [SkippableFact]
    public async Task Without_a_migration_the_real_definitions_show_the_victims_beforehand()
    {
        using var site = new DatabaseFixture(cluster, LlmHubSchema.SharedTrigger);

        var result = await RunAsync(site, LlmHubSchema.Rollback, migration: "");

        Assert.Contains("trigger users_touch of public.users", Assert.Single(result.Reasons), StringComparison.Ordinal);
        AssertDropped(site);
    }

    [SkippableFact]
    public async Task A_database_of_that_name_that_is_somebody_elses_is_left_alone()
    {
        using var site = new DatabaseFixture(cluster);
        site.Query($"CREATE DATABASE {TestDatabase}");

        var result = await RunAsync(site, LlmHubSchema.Rollback);

        Assert.Contains("that HxOps has not made", Assert.Single(result.Reasons), StringComparison.Ordinal);
        site.Query($"DROP DATABASE {TestDatabase}");
    }

    [SkippableFact]
    public async Task One_that_a_killed_run_has_left_is_made_anew()
    {
        using var site = new DatabaseFixture(cluster);
        site.Query($"CREATE DATABASE {TestDatabase};\nCOMMENT ON DATABASE {TestDatabase} IS 'HxOps scratch: rollback-20251027T101112Z/rehearse'");

        Assert.Equal(RunOutcome.Succeeded, (await RunAsync(site, LlmHubSchema.Rollback)).Outcome);
        AssertDropped(site);
    }

    private static Task<RunResult> RunAsync(DatabaseFixture site, string script, string migration = ", migration: 002.sql")
    {
        File.WriteAllText(site.Plans["002.sql"], LlmHubSchema.Migration);
        File.WriteAllText(site.Plans["rollback.sql"], script);
        const string Rows = "INSERT INTO users (id, email, tier) VALUES (gen_random_uuid(), ''test@example.com'', ''professional'');";
        var drops = $"[{string.Join(", ", LlmHubSchema.Tables)}, update_updated_at_column]";
        return site.RunAsync(DatabaseFixture.Step("rehearse",
            $"do: database-rehearsal, {site.Target}, test-database: {TestDatabase}{migration}, rows: '{Rows}', script: rollback.sql, drops: {drops}"));
    }

    private static void AssertDropped(DatabaseFixture site) => Assert.Equal("0", site.Query($"SELECT count(*) FROM pg_database WHERE datname = '{TestDatabase}'"));
}
