using HxOps.TestKit;

namespace HxOps.Integration.Tests.Docker;

/// <summary>The pilot of its document: three services and monitoring in one compose project, with its scripts.</summary>
public sealed class PilotSite : DockerSite
{
    public const string Folder = "/srv/pilot";
    public const string Deploy = Folder + "/pilot-deploy";
    public const string ComposeFile = Deploy + "/docker-compose.poc.yml";
    public const string Gateway = "http://localhost:3001";
    public const string Secret = "planted-pilot-secret-77a0";

    private static readonly string[] s_services = ["gateway", "engine", "jobs"];

    // The text of the document: every :latest of the file is not meant.
    private const string Monitoring = """
          prometheus:
            image: site-monitoring:latest
            command: [sleep, infinity]
            stop_grace_period: 1s
            volumes: ['/usr:/usr:ro', 'prometheus_data:/data']
          grafana:
            image: site-monitoring:latest
            command: [sleep, infinity]
            stop_grace_period: 1s
            volumes: ['/usr:/usr:ro', 'grafana_data:/data']
        volumes: { prometheus_data: {}, grafana_data: {} }
        networks: { default: { name: pilot-network } }

        """;

    private PilotSite(DockerMachine machine)
        : base(machine)
    {
    }

    /// <summary>Makes the site and starts it.</summary>
    /// <param name="machine">The engine.</param>
    /// <param name="environment">The text of .env.poc; a service whose MODE is broken is not healthy.</param>
    /// <param name="tag">The tag in the compose file; the images of latest are not healthy.</param>
    public static async Task<PilotSite> StartAsync(DockerMachine machine, string environment = "MODE=good\n", string tag = "v1.0.0")
    {
        var site = new PilotSite(machine);
        foreach (var service in s_services)
        {
            await machine.MakeImageAsync($"scenario-{service}:v1.0.0", "RELEASE=v1.0.0");
            await machine.MakeImageAsync($"scenario-{service}:latest", "RELEASE=latest");
        }

        await machine.MakeImageAsync("site-monitoring:latest", "MONITORING=1");
        site.WriteFiles(environment, tag);
        await site.ComposeAsync(Deploy, "--file", site.Files.Local(ComposeFile), "up", "--detach");
        return site;
    }

    /// <summary>Waits until the service is up, whatever its health.</summary>
    public Task ServesAsync() => AnswersAsync(Gateway + "/admin/sessions", "sessions");

    /// <summary>Gives the calls of a script, one a line.</summary>
    public string Calls(string script) => File.Exists(Files.Local($"{Folder}/calls/{script}")) ? Files.Read($"{Folder}/calls/{script}") : "";

    /// <summary>Writes a script that notes its calls and its folder before it does something.</summary>
    public void Script(string path, string text)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        Files.Write($"{Folder}/{path}", $"#!/bin/sh\nset -e\necho \"$PWD $*\" >> {Files.Local(Folder)}/calls/{name}\n{text}\n", 0x1ED);
    }

    private void WriteFiles(string environment, string tag)
    {
        Files.Write(ComposeFile, $"# the pilot\nservices:\n{string.Concat(s_services.Select((service, index) => Definition(service, 3001 + index, tag)))}{Monitoring}");
        Files.Write(Deploy + "/.env.poc", $"{environment}PILOT_MODE=true\nSITE_KEY={Secret}\n", 0x180);
        Files.Write(Deploy + "/.env.poc.example", "MODE=good\nPILOT_MODE=true\n", 0x180);
        Files.Write(Deploy + "/seed/demo-scenario.json", """{"scenario": "demo"}""");
        Files.Write(Folder + "/calls/.keep", "");
        Script("pilot-deploy/scripts/pilot-up.sh", "docker compose -f docker-compose.poc.yml up -d");
        Script("pilot-deploy/scripts/pilot-down.sh", "docker compose -f docker-compose.poc.yml down -t 2");
        Script("pilot-deploy/scripts/pilot-reset.sh", "printf 'This removes all data. Go on? [y/N] '\nread answer\n[ \"$answer\" = y ] || exit 7\ndocker compose -f docker-compose.poc.yml down -t 2 --volumes");
        Script("scripts/pilot-smoke.sh", $"{DummyTool.Program} get {Gateway}/healthz | grep -q '\"ok\"'\necho 'TTFF: 41 ms'\necho 'cancel latency: 12 ms'");
        Script("bin/npm", "echo 'all controls on'");
        Variables["PATH"] = $"{Files.Local(Folder)}/bin:{Machine.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")}";
    }

    private static string Definition(string service, int port, string tag) => $"""
          {service}:
            image: scenario-{service}:{tag}
            env_file: .env.poc
            environment: [DOTNET_ROOT={DotnetFolder}, DOTNET_EnableDiagnostics=0]
        {Service("pilot", port)}

        """;
}
