using HxOps.TestKit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>The site of the LLM Hub's document: the service of a compose project in a git work tree, and PostgreSQL in a container.</summary>
public sealed class HubSite : DockerSite
{
    public const string Folder = "/home/muut/Production/UC-Cloud/services/ops-center";
    public const string StagingFolder = "/home/muut/Staging/UC-Cloud/services/ops-center";
    public const string Url = "http://127.0.0.1:8080";
    public const string StagingUrl = "http://127.0.0.1:8081";
    public const string Secret = "planted-hub-secret-91c3";

    private const string Postgres = "unicorn-postgresql";

    private HubSite(DockerMachine machine)
        : base(machine)
    {
    }

    /// <summary>The values that are other here than in the plan.</summary>
    public static string[] Values => [$"site={Url}", $"host={System.Net.Dns.GetHostName()}", $"staging_site={StagingUrl}"];

    /// <summary>Starts the site with its flag on.</summary>
    public static async Task<HubSite> StartAsync(DockerMachine machine)
    {
        var site = new HubSite(machine);
        await machine.MakeImageAsync(BaseImage);
        site.WriteProject(Folder, "ops-center-direct", 8080);
        await site.ComposeAsync(Folder, "up", "--detach", "--build");
        await site.AnswersAsync(Url + "/api/v1/features/unified_llm_hub", "\"enabled\":true");
        return site;
    }

    /// <summary>Starts the staging service as well.</summary>
    public async Task StartStagingAsync()
    {
        WriteProject(StagingFolder, "ops-center-staging", 8081);
        await ComposeAsync(StagingFolder, "up", "--detach", "--build");
        await AnswersAsync(StagingUrl + "/api/v1/features/unified_llm_hub", "\"enabled\":true");
    }

    /// <summary>Makes the work tree a repository whose origin has the old code under a tag, and starts the database.</summary>
    public async Task StartDatabaseAsync(string script, params string[] statements)
    {
        Files.Write(Folder + "/backend/migrations/rollback_llm_management_tables.sql", script);
        Files.Write(Folder + "/backend/migrations/002_llm_management_tables.sql", LlmHubSchema.Migration);
        Files.Write(Folder + "/scripts/health-check-detailed.sh", "#!/bin/sh\necho all healthy\n", 0x1ED);
        Bash.Run(Files.Local(Folder), """
            git init --quiet --initial-branch=main . && git config user.name test && git config user.email test@example.com
            printf '.env.auth\n' > .gitignore && echo old > version && git add . && git commit --quiet -m old && git tag v1.0.0-pre-llm-hub
            echo new > version && git commit --quiet -am new && git clone --quiet --bare . ../origin.git && git remote add origin ../origin.git
            git tag -d v1.0.0-pre-llm-hub > /dev/null
            """);
        Directory.CreateDirectory(Files.Local("/tools"));
        await DockerAsync("run", "--detach", "--name", Postgres, "--user", "65534", "--env", $"PATH=/tools:{PostgresCluster.ProgramFolder}:/usr/bin:/bin", "--env", "PGUSER=unicorn",
            "--tmpfs", "/var/run/postgresql:mode=1777", "--tmpfs", "/db:mode=1777", "--volume", "/usr:/usr:ro", "--volume", $"{Files.Local("/tools")}:/tools:ro", BaseImage,
            "bash", "-c", "initdb --pgdata /db/data --auth trust --username unicorn --no-sync --locale C --encoding UTF8 && exec postgres -D /db/data -c fsync=off");
        await Eventually.HoldsAsync(() => Machine.DockerAsync("exec", Postgres, "psql", "-d", "postgres", "-c", "select 1").GetAwaiter().GetResult().Succeeded, "the server answers");
        await QueryAsync("CREATE DATABASE unicorn_db", "postgres");
        foreach (var text in (string[])[LlmHubSchema.Base, LlmHubSchema.Migration, LlmHubSchema.Rows, .. statements])
            await QueryAsync(text);
    }

    /// <summary>Puts a program in the server's container before its own.</summary>
    public void Replace(string program, string script) => Files.Write("/tools/" + program, script, 0x1ED);

    public Task<string> QueryAsync(string statements, string database = "unicorn_db") =>
        DockerAsync("exec", Postgres, "psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statements);

    /// <summary>How many of the six tables are there.</summary>
    public async Task<string> TableCountAsync() =>
        await QueryAsync($"SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname IN ({string.Join(", ", LlmHubSchema.Tables.Select(table => $"'{table}'"))})");

    private void WriteProject(string folder, string service, int port)
    {
        Files.Write(folder + "/.env.auth", $"# feature flags\nFEATURE_UNIFIED_LLM_HUB=true\nSITE_KEY={Secret}\n", 0x180);
        Files.Write(folder + "/version", "new\n");
        Files.Write(folder + "/Dockerfile", $"FROM {BaseImage}\nCOPY version /code/version\n");
        Files.Write(folder + "/docker-compose.yml", $"""
            name: {service}
            services:
              {service}:
                build: .
                image: {service}:dev
                container_name: {service}
                env_file: .env.auth
                environment: [DOTNET_ROOT={DotnetFolder}, DOTNET_EnableDiagnostics=0]
            {Service("hub", port)}

            """);
    }
}
