using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Gateway;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

/// <summary>The deployment file of the HX API gateway says what the kit's document asks for.</summary>
public sealed class ShippedDeploymentTests
{
    private const string Root = "/opt/HX-Infrastructure-/api-gateway";
    private const string Units = "/etc/systemd/system";

    private static readonly string ShippedFile = Path.Combine(AppContext.BaseDirectory, "deployments", "hx-api-gateway.yaml");

    private static readonly Deployment Gateway = Read([]);

    private static Deployment Read(Dictionary<string, string> environment) =>
        new DeploymentReader(new YamlDotNetReader(), environment.GetValueOrDefault).Read(ShippedFile);

    private static Component Component(string name) => Gateway.Components.Single(component => component.Name == name);

    private static FileSource Source(string component, string path) => Component(component).Sources.Single(source => source.Path == path);

    private static T Probe<T>(string name)
        where T : ProbeDefinition => Assert.IsType<T>(Gateway.Probes.Single(probe => probe.Name == name));

    [Fact]
    [Trait("Behaviour", "C-01")]
    public void C_01_it_names_its_host() => Assert.Equal("hx-api-gateway-server (192.168.10.39)", Gateway.Host);

    [Fact]
    [Trait("Behaviour", "S-20")]
    public void S_20_routing_and_registry_lie_beside_each_other_and_are_captured()
    {
        Assert.Equal(Root + "/config/api-gateway/routing.yaml", Gateway.Configuration.Routing);
        Assert.Equal(Root + "/config/api-gateway/model_registry.yaml", Gateway.Configuration.ModelRegistry);
        Assert.Equal(Presence.Optional, Source("config", Gateway.Configuration.Routing!).Presence);
        Assert.Equal(Presence.Optional, Source("config", Gateway.Configuration.ModelRegistry!).Presence);
    }

    [Fact]
    [Trait("Behaviour", "C-02"), Trait("Behaviour", "C-03")]
    public void C_02_C_03_configuration_is_required_and_proxy_settings_are_optional()
    {
        Assert.Equal("config", Component("config").Archive);
        Assert.Equal(Presence.Required, Source("config", Root + "/config/api-gateway/config.yaml").Presence);
        Assert.Equal(Presence.Optional, Source("config", Root + "/config/api-gateway/proxy_settings.yaml").Presence);
    }

    [Theory]
    [InlineData("C-04", "hx-litellm-gateway.service", Presence.Required)]
    [InlineData("C-05", "hx-gateway-smoke.service", Presence.Optional)]
    [InlineData("C-06", "hx-gateway-smoke.timer", Presence.Optional)]
    [InlineData("T-23", "hx-gateway-ml.service", Presence.Optional)]
    [InlineData("T-23", "hx-*gateway*.d", Presence.Optional)]
    [InlineData("T-23", "*.wants/hx-*gateway*", Presence.Optional)]
    [InlineData("C-22", "hx-*gateway*", Presence.Required)]
    [Trait("Behaviour", "C-04"), Trait("Behaviour", "C-05"), Trait("Behaviour", "C-06"), Trait("Behaviour", "C-22"), Trait("Behaviour", "T-23")]
    public void C_04_C_05_C_06_C_22_T_23_units_drop_ins_and_enablement_links_are_captured(string behaviour, string path, Presence presence)
    {
        Assert.NotEmpty(behaviour);
        Assert.Equal("systemd", Component("systemd").Archive);
        var source = Source("systemd", $"{Units}/{path}");
        Assert.Equal(presence, source.Presence);
        Assert.Null(source.Policy);
    }

    [Fact]
    [Trait("Behaviour", "T-23")]
    public void T_23_routing_registry_and_environment_file_are_captured()
    {
        Source("config", Root + "/config/api-gateway/routing.yaml");
        Source("config", Root + "/config/api-gateway/model_registry.yaml");
        var environment = Source("environment", "/etc/hx-gateway-ml.env");
        Assert.Equal("env", Component("environment").Archive);
        Assert.True(environment.IsSecret);
        Assert.Null(environment.Policy);
    }

    [Theory]
    [InlineData("tests", "scripts/tests/gateway")]
    [InlineData("service-scripts", "scripts/service/api-gateway")]
    [Trait("Behaviour", "C-07"), Trait("Behaviour", "C-08"), Trait("Behaviour", "C-22")]
    public void C_07_C_08_C_22_tests_and_service_scripts_are_required(string component, string folder)
    {
        Assert.Equal(folder, Component(component).Archive);
        Assert.Equal(Presence.Required, Source(component, $"{Root}/{folder}").Presence);
    }

    [Fact]
    [Trait("Behaviour", "C-09")]
    public void C_09_the_last_three_smoke_logs_are_evidence()
    {
        Assert.Equal(ComponentRole.Evidence, Component("logs").Role);
        Assert.Equal("logs", Component("logs").Archive);
        var source = Assert.Single(Component("logs").Sources);
        Assert.EndsWith("/gw-smoke-*.log", source.Path, StringComparison.Ordinal);
        Assert.Equal(3, source.Newest);
    }

    [Fact]
    [Trait("Behaviour", "C-10"), Trait("Behaviour", "C-11")]
    public void C_10_C_11_the_gateways_own_python_environment_is_named() =>
        Assert.Equal(new PythonEnvironment(Root + "/gateway/venv", "litellm"), Gateway.Python);

    [Fact]
    [Trait("Behaviour", "C-14")]
    public void C_14_every_component_has_its_place_in_the_kits_layout() => Assert.Equal(
        ["config", "systemd", "scripts/tests/gateway", "scripts/service/api-gateway", "scripts/maintenance/checkpoints", "env", "logs"],
        Gateway.Components.Select(component => component.Archive));

    [Fact]
    [Trait("Behaviour", "C-15"), Trait("Behaviour", "C-27"), Trait("Behaviour", "C-58")]
    public void C_15_C_27_C_58_backups_lie_where_the_kit_keeps_them() =>
        Assert.Equal(new BackupPolicy(Root + "/gateway/backups", "gw-checkpoint-", "pre-restore-", 5), Gateway.Backups);

    [Theory]
    [InlineData("config", "root", 0x1A4, null, null)]
    [InlineData("tests", "hx-gateway", null, 0x1ED, null)]
    [InlineData("service-scripts", "hx-gateway", 0x1ED, 0x1ED, null)]
    [InlineData("checkpoint-scripts", "hx-gateway", 0x1ED, 0x1ED, null)]
    [InlineData("logs", "hx-gateway", null, null, 0x1ED)]
    [Trait("Behaviour", "C-19"), Trait("Behaviour", "C-32"), Trait("Behaviour", "C-33"), Trait("Behaviour", "C-34"), Trait("Behaviour", "C-35")]
    public void C_19_C_32_C_33_C_34_C_35_owners_and_modes_are_the_kits(string component, string user, int? files, int? scripts, int? directories) =>
        Assert.All(Component(component).Sources, source => Assert.Equal(new OwnershipPolicy(user, "hx-gateway", files, scripts, directories), source.Policy));

    [Fact]
    public void Units_are_started_upstream_first() => Assert.Equal<ManagedUnit>(
        [
            new ManagedUnit("hx-litellm-gateway.service", StartRule.Always),
            new ManagedUnit("hx-gateway-ml.service", StartRule.Enabled),
            new ManagedUnit("hx-gateway-smoke.timer", StartRule.Enabled),
            new ManagedUnit("hx-gateway-smoke.service", StartRule.Never),
        ],
        Gateway.Units);

    [Fact]
    [Trait("Behaviour", "C-42")]
    public void C_42_the_gateways_unit_must_be_active()
    {
        Assert.Equal("hx-litellm-gateway.service", Probe<UnitProbe>("gateway-unit").Unit);
        Assert.Equal(4000, Probe<PortProbe>("gateway-port").Port);
    }

    [Fact]
    [Trait("Behaviour", "C-43"), Trait("Behaviour", "C-44"), Trait("Behaviour", "C-45")]
    public void C_43_C_44_C_45_sixteen_models_1024_dimensions_and_a_chat_are_required()
    {
        Assert.Equal(16, Probe<ModelsProbe>("models").Count);
        Assert.Equal(("emb-premium", 1024), (Probe<EmbeddingsProbe>("embeddings").Model, Probe<EmbeddingsProbe>("embeddings").Dimensions));
        Assert.Equal("hx-chat", Probe<ChatProbe>("chat").Model);
        Assert.All(Gateway.Probes.Where(probe => probe.Name is "models" or "embeddings" or "chat"), probe => Assert.Equal(Importance.Required, probe.Importance));
    }

    [Fact]
    [Trait("Behaviour", "C-46")]
    public void C_46_the_last_smoke_log_is_shown() => Assert.Equal(Component("logs").Sources[0].Path, Probe<LogProbe>("smoke-log").Pattern);

    [Fact]
    [Trait("Behaviour", "C-48"), Trait("Behaviour", "C-49")]
    public void C_48_C_49_the_gateway_is_asked_with_the_master_key()
    {
        Assert.Equal(new Endpoint("upstream", new Uri("http://127.0.0.1:4000"), GatewayLayer.Upstream, "masterKey"), Gateway.Endpoint("upstream"));
        Assert.Equal("sk-hx-dev-1234", new SecretSource(Gateway, _ => null).Reveal("masterKey"));
        Assert.Equal("other", new SecretSource(Gateway, name => name == "MASTER_KEY" ? "other" : null).Reveal("masterKey"));
    }

    [Theory]
    [InlineData("llm-01", "http://192.168.10.29:11434")]
    [InlineData("llm-02", "http://192.168.10.28:11434")]
    [InlineData("orc", "http://192.168.10.31:11434")]
    [Trait("Behaviour", "C-50")]
    public void C_50_all_three_backends_are_asked(string name, string url)
    {
        Assert.Equal(new Uri(url), Gateway.Endpoint(Probe<BackendProbe>(name).Endpoint).Url);
        Assert.Equal(Importance.Required, Probe<BackendProbe>(name).Importance);
    }

    [Fact]
    [Trait("Behaviour", "C-51")]
    public void C_51_a_wrapper_that_is_not_installed_does_not_spoil_the_verdict() =>
        Assert.All(Gateway.Probes.Where(probe => probe.Layer == GatewayLayer.Wrapper), probe => Assert.Equal(Importance.Wanted, probe.Importance));

    [Fact]
    [Trait("Behaviour", "T-22")]
    public void T_22_no_probe_of_the_gate_calls_every_model() => Assert.DoesNotContain(Gateway.Probes, probe => probe is DeepHealthProbe);

    [Fact]
    [Trait("Behaviour", "T-28")]
    public void T_28_the_chat_model_can_be_chosen() =>
        Assert.Equal("own", Assert.Single(Read(new() { ["HX_CHAT_MODEL"] = "own" }).Probes.OfType<ChatProbe>()).Model);

    [Fact]
    [Trait("Behaviour", "C-60")]
    public void C_60_paths_addresses_and_counts_can_come_from_the_environment()
    {
        var deployment = Read(new()
        {
            ["HX_GATEWAY_ROOT"] = "/srv/gw",
            ["HX_BACKUP_DIR"] = "/mnt/backups",
            ["HX_UPSTREAM_URL"] = "http://127.0.0.1:14000",
            ["HX_MODEL_COUNT"] = "3",
        });

        Assert.Equal("/srv/gw/config/api-gateway/config.yaml", deployment.Configuration.LiteLlm);
        Assert.Equal("/mnt/backups", deployment.Backups.Folder);
        Assert.Equal(14000, deployment.Endpoint("upstream").Url.Port);
        Assert.Equal(14000, deployment.Probes.OfType<PortProbe>().First().Port);
        Assert.Equal(3, deployment.Probes.OfType<ModelsProbe>().Single().Count);
    }
}
