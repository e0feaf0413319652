using System.Diagnostics;
using HxOps.Errors;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback.Databases;

[Collection(DatabaseGroup.Name)]
public sealed class DatabaseScriptTests(PostgresCluster cluster)
{
    [SkippableFact]
    [Trait("Behaviour", "H-19")]
    [Trait("Behaviour", "H-20")]
    [Trait("Behaviour", "H-21")]
    [Trait("Behaviour", "H-22")]
    [Trait("Behaviour", "H-23")]
    public async Task The_documents_script_drops_what_the_plan_names_and_nothing_else()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(site.Script(LlmHubSchema.Rollback)
            + DatabaseFixture.Step("gone", $"do: database-assert, {site.Target}, no-table-like: 'llm\\_%'"));

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal(0, site.TableCount());
        Assert.Equal("0", site.Query($"SELECT count(*) FROM pg_class WHERE relname IN ({string.Join(", ", LlmHubSchema.Indexes.Select(index => $"'{index}'"))})"));
        Assert.Equal("0", site.Query("SELECT count(*) FROM pg_proc WHERE proname = 'update_updated_at_column'"));
        Assert.Equal("2|llmXarchive", site.Query("SELECT count(*), (SELECT relname FROM pg_class WHERE relname LIKE 'llmX%' AND relkind = 'r') FROM users"));
        Assert.Contains("none of 12 names", result.Steps[0].Finding, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "T-02")]
    public async Task A_script_with_a_typo_leaves_all_six_tables_and_fails_with_the_line()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(site.Script(LlmHubSchema.RollbackWithTypo));

        Assert.Equal(6, site.TableCount());
        Assert.NotEqual(ExitCode.Done, result.ExitCode);
        Assert.Contains("rollback.sql:5 failed", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Contains("syntax error at or near \"DORP\"", result.Reasons[0], StringComparison.Ordinal);
        Assert.DoesNotContain("llm_providers", result.Reasons[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_script_that_fails_at_its_end_leaves_what_came_before_as_well()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(site.Script(LlmHubSchema.Rollback + "DROP TABLE there_is_no_such_table;\n"));

        Assert.Equal((6, RunOutcome.RolledBack), (site.TableCount(), result.Outcome));
        Assert.Contains("there_is_no_such_table", result.Reasons[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "T-03")]
    public async Task A_function_that_another_tables_trigger_uses_is_not_dropped_and_the_victim_is_named()
    {
        using var site = new DatabaseFixture(cluster, LlmHubSchema.SharedTrigger);

        var result = await site.RunAsync(site.Script(LlmHubSchema.Rollback));

        Assert.Equal((6, RunOutcome.RolledBack), (site.TableCount(), result.Outcome));
        Assert.Contains("trigger users_touch of public.users", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Equal("1", site.Query("SELECT count(*) FROM pg_trigger WHERE tgname = 'users_touch'"));
    }

    [SkippableTheory]
    [InlineData("ALTER TABLE users ADD favourite int REFERENCES llm_models", "constraint users_favourite_fkey of public.users")]
    [InlineData("CREATE VIEW busy AS SELECT model_id FROM llm_usage_analytics", "view public.busy")]
    [InlineData("CREATE SCHEMA billing; CREATE TABLE billing.llm_models (id int PRIMARY KEY)", "")]
    public async Task What_cascade_takes_along_is_a_refusal_and_a_table_of_another_schema_is_not_meant(string before, string victim)
    {
        using var site = new DatabaseFixture(cluster, before);

        var result = await site.RunAsync(site.Script(LlmHubSchema.Rollback));

        Assert.Equal(victim.Length == 0, result.Outcome == RunOutcome.Succeeded);
        Assert.Contains(victim, string.Concat(result.Reasons), StringComparison.Ordinal);
        Assert.Equal(victim.Length == 0 ? 1 : 6, site.TableCount());
    }

    [SkippableTheory]
    [InlineData("COMMIT;")]
    [InlineData("ROLLBACK; DROP TABLE users CASCADE;")]
    [InlineData("\\! touch escaped")]
    public async Task A_script_that_would_leave_its_transaction_is_refused(string escape)
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(site.Script("DROP TABLE llm_usage_analytics;\n" + escape + "\n"));

        Assert.Equal((6, "2", RunOutcome.RolledBack), (site.TableCount(), site.Query("SELECT count(*) FROM users"), result.Outcome));
        Assert.False(File.Exists(site.Plans["escaped"]));
    }

    [SkippableFact]
    public async Task A_script_over_its_time_is_ended_on_the_server_as_well_and_changes_nothing()
    {
        using var site = new DatabaseFixture(cluster);
        var watch = Stopwatch.StartNew();

        var result = await site.RunAsync(site.Script("DROP TABLE llm_usage_analytics; SELECT pg_sleep(600);", "4s"));

        Assert.Equal((6, RunOutcome.RolledBack), (site.TableCount(), result.Outcome));
        Assert.Equal("0", site.Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'hxops%'"));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(3.9), TimeSpan.FromSeconds(20));
    }

    [SkippableFact]
    public async Task Behind_a_committed_script_nothing_before_it_is_taken_back_and_the_dump_is_named()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(PlanFixture.Step("one") + DatabaseFixture.Step("dump", $"do: database-backup, {site.Target}, to: before.dump")
            + site.Script(LlmHubSchema.Rollback) + PlanFixture.Step("last", "fail"));

        Assert.Equal((0, RunOutcome.Inconsistent), (site.TableCount(), result.Outcome));
        Assert.Equal(["last"], site.Plans.Undone());
        var reason = Assert.Single(result.Reasons, reason => reason.Contains("'script' could not be taken back", StringComparison.Ordinal));
        Assert.Contains($"restore the dump {site.Plans["before.dump"]}", reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Two_rollbacks_do_not_work_on_one_database()
    {
        using var site = new DatabaseFixture(cluster);
        var slow = site.Script("SELECT pg_sleep(600);", "20s");
        using var stop = new CancellationTokenSource();
        var first = site.Plans.RunAsync(site.Plans.Plan(slow), cancellation: stop.Token);
        await Eventually.HoldsAsync(() => site.Query("SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database WHERE locktype = 'advisory' AND granted AND datname = current_database()") != "0", "the first one holds the lock");

        using var other = new PlanFixture();
        File.WriteAllText(other["rollback.sql"], LlmHubSchema.Rollback);
        var second = await other.RunAsync(other.Plan(slow));
        await stop.CancelAsync();

        Assert.Contains("Another rollback works on the database", Assert.Single(second.Reasons), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => Assert.Fail(string.Join(" ", (await first).Reasons)));
        Assert.Equal(6, site.TableCount());
    }

    [SkippableFact]
    public async Task A_script_whose_runner_is_killed_has_no_effect_until_the_run_is_resumed_and_then_one()
    {
        using var site = new DatabaseFixture(cluster, "CREATE TABLE effects (at timestamptz DEFAULT now())");
        var steps = site.Script("INSERT INTO effects DEFAULT VALUES; SELECT pg_sleep(2);\n" + LlmHubSchema.Rollback);
        const string Asleep = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'hxops%' AND wait_event = 'PgSleep'";
        await site.Plans.RunAndKillAsync(steps, () => site.Query(Asleep) == "1");

        var result = await site.Plans.ResumeAsync();

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal((0, "1"), (site.TableCount(), site.Query("SELECT count(*) FROM effects")));
        Assert.Equal(0, site.Plans.Orphans(result.Id, "script"));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-05")]
    public async Task Tables_are_told_apart_by_their_underscore()
    {
        using var site = new DatabaseFixture(cluster);

        var result = await site.RunAsync(DatabaseFixture.Step("gone", $"do: database-assert, {site.Target}, no-table-like: 'llm\\_%'"));

        Assert.Contains("public.llm_models", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain("llmXarchive", result.Reasons[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "T-04")]
    [Trait("Behaviour", "H-52")]
    [Trait("Behaviour", "H-53")]
    public async Task Reconciliation_sees_what_the_documents_queries_cannot()
    {
        using var site = new DatabaseFixture(cluster, LlmHubSchema.SharedTrigger, "CREATE TABLE plans (id int PRIMARY KEY, owner uuid REFERENCES users (id))");
        const string Reconcile = "      - { name: reconcile, budget: 30s, action: { do: database-reconcile, since: script } }\n";

        // Somebody else's hand: after the script, and before the catalogue is compared.
        File.WriteAllText(site.Plans["careless.sql"], "DROP FUNCTION update_updated_at_column CASCADE; ALTER TABLE plans DROP CONSTRAINT plans_owner_fkey;");
        var careless = DatabaseFixture.Step("careless", $"do: command, program: psql, arguments: [-h, {cluster.Host}, -U, unicorn, -d, {site.Database}, -f, careless.sql]");
        var script = LlmHubSchema.Rollback.Replace("DROP FUNCTION IF EXISTS update_updated_at_column CASCADE;", "", StringComparison.Ordinal);
        var drops = $"[{string.Join(", ", LlmHubSchema.Tables)}]";

        var clean = await site.RunAsync(site.Script(script, drops: drops) + Reconcile);
        Assert.Equal(RunOutcome.Succeeded, clean.Outcome);
        Assert.Contains("dropped, 0 created", clean.Steps[1].Finding, StringComparison.Ordinal);

        site.Query(LlmHubSchema.Migration);
        var damaged = await site.RunAsync(site.Script(script, drops: drops) + careless + Reconcile);

        Assert.Equal("", site.Query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'llm\\_%'"));
        Assert.Equal("", site.Query("SELECT conname FROM pg_constraint WHERE confrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'llm\\_%')"));
        Assert.Equal(RunOutcome.Inconsistent, damaged.Outcome);
        Assert.Contains("trigger users_touch of public.users", damaged.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("constraint plans_owner_fkey of public.plans", damaged.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("function public.update_updated_at_column()", damaged.Reasons[0], StringComparison.Ordinal);
    }
}
