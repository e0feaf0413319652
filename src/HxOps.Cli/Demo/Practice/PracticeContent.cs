using System.Globalization;

namespace HxOps.Cli.Demo.Practice;

/// <summary>The files of a practice HX API gateway, as the documents of the real one describe them.</summary>
/// <param name="ports">Where its services listen.</param>
/// <param name="key">The key that its callers send.</param>
internal sealed class PracticeContent(PracticePorts ports, string key)
{
    /// <summary>Every file but the logs.</summary>
    public IEnumerable<PracticeFile> Files() =>
        [.. Configuration(), .. GatewayUnits(), .. SmokeUnits(), .. BackendUnits(), .. Tests(), .. ServiceScripts(), .. Python()];

    private IEnumerable<PracticeFile> Configuration()
    {
        yield return new(PracticePaths.LiteLlmConfig, LiteLlmConfig());
        yield return new(PracticePaths.Routing, """
            routing:
              strategy: ml-based-routing
              default_group: hx-chat
              failover_order: ["llm02-phi3", "llm01-llama3.2-3b"]

            """);
        yield return new(PracticePaths.ModelRegistry, """
            models:
              - name: "llm02-phi3"
                tier_score: 0.9
                specializations: ["coding", "analysis"]
              - name: "llm01-llama3.2-3b"
                tier_score: 0.7
                specializations: ["chat"]

            """);
        yield return new(PracticePaths.EnvironmentFile, $"""
            MASTER_KEY={key}
            HX_LITELLM_UPSTREAM=http://127.0.0.1:{ports.Gateway}
            PYTHONPATH={PracticePaths.Source}
            LOG_LEVEL=INFO

            """)
        { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead };
    }

    private string LiteLlmConfig()
    {
        var models = PracticeModels.All.Select(model => $"""
              - model_name: {model.Name}
                litellm_params:
                  model: ollama/{model.Model}
                  api_base: http://127.0.0.1:{ports.Backends[model.Backend]}

            """);
        return $"""
            model_list:
            {string.Concat(models)}
            litellm_settings:
              drop_params: true
              request_timeout: 120

            general_settings:
              master_key: os.environ/MASTER_KEY

            """;
    }

    private IEnumerable<PracticeFile> GatewayUnits()
    {
        yield return Unit(PracticePaths.GatewayUnit, "LiteLLM gateway (practice)", "network-online.target",
            $"{PracticePaths.Venv}/bin/litellm --config {PracticePaths.LiteLlmConfig} --port {ports.Gateway}");
        yield return Unit(PracticePaths.WrapperUnit, "HX gateway wrapper (practice)", "network-online.target " + PracticePaths.GatewayUnit,
            $"{PracticePaths.Venv}/bin/uvicorn --config {PracticePaths.Routing} --port {ports.Wrapper}");
        yield return new(PracticePaths.WrapperDropIn, "[Service]\nLimitNOFILE=4096\n");
        yield return new(PracticePaths.Source + "/README.md", "The wrapper's sources would lie here.\n");
    }

    private static PracticeFile Unit(string name, string description, string after, string command) => new($"{PracticePaths.Units}/{name}", $"""
        [Unit]
        Description={description}
        After={after}
        Wants=network-online.target

        [Service]
        Type=simple
        User=hx-gateway
        Group=hx-gateway
        EnvironmentFile={PracticePaths.EnvironmentFile}
        Environment=PYTHONUNBUFFERED=1
        WorkingDirectory={PracticePaths.Source}
        ExecStart={command}
        TimeoutStartSec=30
        TimeoutStopSec=5

        [Install]
        WantedBy=multi-user.target

        """);

    private static IEnumerable<PracticeFile> SmokeUnits()
    {
        yield return new(PracticePaths.Units + "/hx-gateway-smoke.service", $"""
            [Unit]
            Description=Gateway smoke test (practice)

            [Service]
            Type=oneshot
            EnvironmentFile={PracticePaths.EnvironmentFile}
            ExecStart={PracticePaths.Tests}/run_all.sh

            """);
        yield return new(PracticePaths.Units + "/hx-gateway-smoke.timer", """
            [Unit]
            Description=Daily gateway smoke test (practice)

            [Timer]
            OnCalendar=*-*-* 06:00:00
            Persistent=true

            [Install]
            WantedBy=timers.target

            """);
    }

    private IEnumerable<PracticeFile> BackendUnits() => PracticeServices.Backends.Select((unit, index) => new PracticeFile($"{PracticePaths.Units}/{unit}", $"""
        [Unit]
        Description=Model server {index + 1} (practice)

        [Service]
        ExecStart={PracticePaths.Venv}/bin/ollama --port {ports.Backends[index]}
        TimeoutStopSec=5

        """));

    private IEnumerable<PracticeFile> Tests()
    {
        yield return new(PracticePaths.Tests + "/run_all.sh", "#!/bin/sh\nset -eu\ncd \"$(dirname \"$0\")\"\nfor probe in core/*.sh; do \"./$probe\"; done\n");
        yield return new(PracticePaths.Tests + "/config/test_config.env", $"GATEWAY_BASE=http://127.0.0.1:{ports.Gateway}\nEXPECTED_MODELS=16\n");
        foreach (var probe in (string[])["models", "embeddings", "chat"])
            yield return new($"{PracticePaths.Tests}/core/test_{probe}.sh", $"#!/bin/sh\necho 'PASS {probe}'\n");
    }

    private static IEnumerable<PracticeFile> ServiceScripts()
    {
        foreach (var verb in (string[])["start", "stop", "restart", "status"])
            yield return new($"{PracticePaths.ServiceScripts}/{verb}.sh", $"#!/bin/sh\nexec systemctl {verb} {PracticePaths.GatewayUnit}\n");
    }

    private static IEnumerable<PracticeFile> Python()
    {
        yield return new(PracticePaths.Venv + "/bin/litellm", PracticeProgram.Script("--role litellm"));
        yield return new(PracticePaths.Venv + "/bin/uvicorn", PracticeProgram.Script("--role wrapper --upstream \"$HX_LITELLM_UPSTREAM\""));
        yield return new(PracticePaths.Venv + "/bin/ollama", PracticeProgram.Script("--role backend"));
        yield return new(PracticePaths.Venv + "/bin/python3", "#!/bin/sh\nexec python3 \"$@\"\n");
        yield return new(PracticePaths.Venv + "/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.3\n");
        foreach (var (name, version) in new[] { ("litellm", "1.75.8"), ("fastapi", "0.116.1"), ("uvicorn", "0.35.0"), ("PyYAML", "6.0.2") })
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{PracticePaths.Venv}/lib/python3.12/site-packages/{name}-{version}.dist-info");
            yield return new(folder + "/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        }
    }
}
