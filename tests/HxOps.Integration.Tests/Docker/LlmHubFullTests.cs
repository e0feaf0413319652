using System.Text;
using System.Text.Json;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>The full rollback of the LLM Hub and its rehearsal, on a real engine with a real PostgreSQL in a container.</summary>
[Collection(DockerGroup.Name)]
public sealed class LlmHubFullTests(DockerMachine machine)
{
    [SkippableFact]
    [Trait("Behaviour", "H-15")]
    [Trait("Behaviour", "H-16")]
    [Trait("Behaviour", "H-17")]
    [Trait("Behaviour", "H-24")]
    [Trait("Behaviour", "H-25")]
    [Trait("Behaviour", "H-26")]
    [Trait("Behaviour", "T-20")]
    [Trait("Behaviour", "T-30")]
    public async Task Database_and_code_go_back_and_the_old_pages_serve()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback);
        await TurnFlagOffAsync(site);

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.True(run.ExitCode == 0, run.All);
        string[] order = ["stop", "dump", "drop-tables", "tables-gone", "old-code", "build", "start", "health", "old-pages"];
        Assert.Equal(order, run.Document.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString()!).Where(order.Contains));
        Assert.Equal("0", await site.TableCountAsync());
        Assert.Equal("2", await site.QueryAsync("SELECT count(*) FROM users"));
        Assert.Equal("old", await machine.GetAsync(HubSite.Url + "/version"));
        Assert.Contains("4 pages answer 200", run.Finding("old-pages"), StringComparison.Ordinal);
        Assert.Equal("Succeeded", run.State("log"));
        Assert.Contains("dropped, 0 created", run.Finding("reconcile"), StringComparison.Ordinal);

        var dump = Assert.Single(Directory.GetFiles(site.Files.Local("/home/muut/backups")));
        Assert.Matches(@"/pre_rollback_\d{8}_\d{6}\.dump$", dump);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(dump));
        Assert.Equal("PGDMP", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(dump), 0, 5));
        Assert.Equal("", await site.DockerAsync("exec", "unicorn-postgresql", "find", "/tmp", "/db", "-name", "*.dump"));
    }

    [SkippableFact]
    public async Task A_truncated_dump_is_refused_before_anything_is_dropped_and_the_service_runs_again()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback);
        site.Replace("pg_dump", $"#!/bin/sh\n{PostgresCluster.ProgramFolder}/pg_dump \"$@\" | head -c 20000\n");

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.Equal((20, "6"), (run.ExitCode, await site.TableCountAsync()));
        Assert.Contains("is not whole", run.Finding("dump"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(site.Files.Local("/home/muut/backups")));
        Assert.Equal("new", await machine.GetAsync(HubSite.Url + "/version"));
    }

    [SkippableFact]
    public async Task A_script_with_a_typo_leaves_all_six_tables_and_the_service_runs_again()
    {
        using var site = await StartAsync(LlmHubSchema.RollbackWithTypo);

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.Equal((20, "6"), (run.ExitCode, await site.TableCountAsync()));
        Assert.Contains("rollback_llm_management_tables.sql:5 failed", run.Finding("drop-tables"), StringComparison.Ordinal);
        Assert.Equal("new", await machine.GetAsync(HubSite.Url + "/version"));
    }

    [SkippableFact]
    public async Task A_shared_trigger_function_is_refused_with_the_victims_name()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback, LlmHubSchema.SharedTrigger);

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.Equal((20, "6"), (run.ExitCode, await site.TableCountAsync()));
        Assert.Contains("trigger users_touch of public.users", run.Finding("drop-tables"), StringComparison.Ordinal);
        Assert.Equal("1", await site.QueryAsync("SELECT count(*) FROM pg_trigger WHERE tgname = 'users_touch'"));
    }

    [SkippableFact]
    [Trait("Behaviour", "H-24")]
    [Trait("Behaviour", "T-11")]
    public async Task A_work_tree_that_cannot_be_switched_is_found_out_while_all_still_runs()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback);
        site.Files.Write(HubSite.Folder + "/scripts/health-check-detailed.sh", "#!/bin/sh\necho changed by hand\n", 0x1ED);

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.Equal((20, "6"), (run.ExitCode, await site.TableCountAsync()));
        Assert.Contains("changes that a checkout could lose: scripts/health-check-detailed.sh", run.Finding("old-code-at-hand"), StringComparison.Ordinal);
        Assert.Equal("Skipped", run.State("stop"));
        Assert.Equal("new", await machine.GetAsync(HubSite.Url + "/version"));
        Assert.Contains("changes that a checkout could lose", (await site.HxopsAsync("plan", "test", "llm-hub")).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_stop_while_the_old_code_is_built_leaves_the_service_down_and_is_finished_by_a_resume()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback);
        await TurnFlagOffAsync(site);
        var tools = site.Files.Local("/path");
        Directory.CreateDirectory(tools);
        await File.WriteAllTextAsync(Path.Combine(tools, "docker"), """
            #!/bin/sh
            case " $* " in *" build "*) if [ ! -e "$MARK" ]; then : > "$MARK"; kill -TERM "$PPID"; exec sleep 600; fi ;; esac
            PATH=$REAL_PATH
            exec docker "$@"

            """);
        File.SetUnixFileMode(Path.Combine(tools, "docker"), (UnixFileMode)0x1ED);
        var path = machine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")!;
        (site.Variables["PATH"], site.Variables["REAL_PATH"], site.Variables["MARK"]) = ($"{tools}:{path}", path, Path.Combine(tools, "stopped"));

        var run = await site.RollBackAsync("llm-hub", "full", HubSite.Values);

        Assert.Equal((1, "0"), (run.ExitCode, await site.TableCountAsync()));
        var reasons = run.Document.GetProperty("reasons").ToString();
        Assert.Contains("stopped the run", reasons, StringComparison.Ordinal);
        Assert.Contains($"resume {run.Document.GetProperty("id").GetString()}", reasons, StringComparison.Ordinal);
        Assert.Contains("/home/muut/backups/pre_rollback_", reasons, StringComparison.Ordinal);
        Assert.Equal(("", "old\n"), (await site.DockerAsync("ps", "--quiet", "--filter", "name=ops-center-direct"), site.Files.Read(HubSite.Folder + "/version")));

        var finished = new SiteRun(await site.HxopsAsync("rollback", "resume", "--yes", "--json"));
        Assert.True(finished.ExitCode == 0, finished.All);
        Assert.Equal("old", await machine.GetAsync(HubSite.Url + "/version"));
    }

    [SkippableFact]
    [Trait("Behaviour", "H-44")]
    [Trait("Behaviour", "H-46")]
    [Trait("Behaviour", "H-48")]
    public async Task The_rehearsal_in_staging_goes_through_the_checklist_and_leaves_the_real_ones_alone()
    {
        using var site = await StartAsync(LlmHubSchema.Rollback);
        await site.StartStagingAsync();

        var run = await site.RollBackAsync("llm-hub", "test", HubSite.Values);

        Assert.True(run.ExitCode == 0, run.All);
        string[] checklist = ["flag-works-at-once", "old-pages-load", "script-drops-all-and-nothing-else", "restarts-cleanly", "old-functions-work", "no-errors-in-the-log"];
        Assert.All(checklist, step => Assert.Equal("Succeeded", run.State(step)));
        Assert.Equal(("6", "0"), (await site.TableCountAsync(), await site.QueryAsync("SELECT count(*) FROM pg_database WHERE datname = 'unicorn_rollback_test'")));
        await site.AnswersAsync(HubSite.StagingUrl + "/api/v1/features/unified_llm_hub", "\"enabled\":false");
        await site.AnswersAsync(HubSite.Url + "/api/v1/features/unified_llm_hub", "\"enabled\":true");

        var report = JsonDocument.Parse((await site.HxopsAsync("report", "export", "--to", site.Files.Local("/reports"), "--json")).Output).RootElement;
        var list = (await File.ReadAllTextAsync(report.GetProperty("markdown").GetString()!)).Split("## Checklist")[1].Split("\n## ")[0];
        Assert.True(list.Split("\n- [x]").Length - 1 == 8, list);

        var preview = await site.HxopsAsync("rollback", "run", "llm-hub", "--scenario", "full", "--what-if");
        Assert.Matches(@"(?s)staging-first: ask Platform Team: .*\nstop: compose stop", preview.Output);
    }

    private async Task<HubSite> StartAsync(string script, params string[] statements)
    {
        Skip.If(PostgresCluster.ProgramFolder is null, "needs PostgreSQL's programs in /usr/lib/postgresql");
        var site = await HubSite.StartAsync(machine);
        await site.StartDatabaseAsync(script, statements);
        return site;
    }

    // The old code knows no flag; the service of this test serves its old pages when the flag is off.
    private static async Task TurnFlagOffAsync(HubSite site)
    {
        var path = site.Files.Local(HubSite.Folder + "/.env.auth");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("=true", "=false", StringComparison.Ordinal));
    }
}
