using HxOps.Deployments;
using HxOps.Files;
using HxOps.Gateway;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class ConfigurationValidatorTests : IDisposable
{
    private const string Folder = SampleDeployment.Base + "/config/api-gateway";
    private const string Routing = Folder + "/routing.yaml";
    private const string Registry = Folder + "/model_registry.yaml";
    private const string Wrapper = SampleDeployment.Units + "/hx-gateway-ml.service";

    private const string GoodConfig = """
        model_list:
          - model_name: hx-chat
            litellm_params:
              model: ollama/phi3
              api_base: http://192.168.10.28:11434
              api_key: os.environ/OLLAMA_KEY
          - model_name: llm02-phi3
            litellm_params: { model: ollama/phi3 }
        litellm_settings:
          fallbacks: [{ hx-chat: [llm02-phi3] }]
        general_settings:
          master_key: os.environ/MASTER_KEY

        """;

    private const string GoodRouting = """
        routing:
          strategy: ml-based-routing
          default_group: hx-chat
          failover_order:
            - llm02-phi3

        """;

    private const string GoodRegistry = """
        models:
          - name: llm02-phi3
            tier_score: 0.9
            specializations: [code, chat]

        """;

    private const string GoodEnvironment = "# keys\nMASTER_KEY=planted-secret-key\nOLLAMA_KEY=x1\nHX_LITELLM_UPSTREAM=http://127.0.0.1:4000\n";

    private const string GoodWrapper = "[Service]\nEnvironmentFile=/etc/hx-gateway-ml.env\nExecStart=/opt/gw/venv/bin/uvicorn app:app --host 0.0.0.0 --port 4010\n";

    private readonly SampleDeployment _sample = new();

    public ConfigurationValidatorTests()
    {
        _sample.Deployment = _sample.Deployment with
        {
            Configuration = new ConfigurationFiles(SampleDeployment.Config, Routing, Registry, SampleDeployment.EnvironmentFile),
            Units = [new ManagedUnit("hx-litellm-gateway.service", StartRule.Always), new ManagedUnit("hx-gateway-ml.service", StartRule.Enabled)],
            Endpoints =
            [
                new Endpoint("upstream", new Uri("http://127.0.0.1:4000"), GatewayLayer.Upstream, null),
                new Endpoint("wrapper", new Uri("http://127.0.0.1:4010"), GatewayLayer.Wrapper, null),
            ],
        };
        _sample.Write(SampleDeployment.Config, GoodConfig);
        _sample.Write(Routing, GoodRouting);
        _sample.Write(Registry, GoodRegistry);
        _sample.Write(SampleDeployment.EnvironmentFile, GoodEnvironment);
        _sample.Write(Wrapper, GoodWrapper);
    }

    public void Dispose() => _sample.Dispose();

    private string[] Findings() =>
        [.. new ConfigurationValidator(_sample.Context).Validate().Select(finding => $"{finding.File}:{finding.Position} {finding.Severity} {finding.Id}: {finding.Message}")];

    private string[] FindingsWith(string file, string text, string old, string @new)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        _sample.Write(file, text.Replace(old, @new, StringComparison.Ordinal));
        return Findings();
    }

    [Fact]
    public void A_good_configuration_has_no_findings() => Assert.Empty(Findings());

    [Theory]
    [InlineData("model_list:\n  -", "model_list:\n\t  -", "2:1 Error YamlSyntax")]
    [InlineData("model_list:", "models:", "1:1 Error MissingKey: the key 'model_list' is missing: the gateway would serve no model")]
    [InlineData("- model_name: hx-chat\n    litellm", "- model_nam: hx-chat\n    litellm", "2:5 Error MissingKey: the key 'model_name' is missing")]
    [InlineData("{ model: ollama/phi3 }", "{ model: [ollama/phi3] }", "8:30 Error WrongType: 'model' must be text")]
    [InlineData("{ model: ollama/phi3 }", "ollama/phi3", "8:21 Error WrongType: 'litellm_params' must be a mapping")]
    [InlineData("general_settings:\n  master_key: os.environ/MASTER_KEY", "general_settings: on", "11:19 Error WrongType: this section must be a mapping")]
    [InlineData("hx-chat: [llm02-phi3]", "hx-chat: [llm02-phi]", "10:27 Error UnknownModel: the fallbacks name 'llm02-phi', which 'model_list' does not have; did you mean 'llm02-phi3'?")]
    [InlineData("os.environ/OLLAMA_KEY", "os.environ/OLAMA_KEY", "6:16 Error MissingVariable: OLAMA_KEY is set neither in /etc/hx-gateway-ml.env nor by a unit; did you mean 'OLLAMA_KEY'?")]
    [InlineData("os.environ/MASTER_KEY", "your-master-key", "12:15 Error Placeholder: the value of 'master_key' is a placeholder")]
    [InlineData("http://192.168.10.28:11434", "192.168.10.28:11434", "5:17 Error UpstreamUnreachable: 'api_base' of 'hx-chat' is not an http or https address")]
    [InlineData("http://192.168.10.28:11434", "http://192.168.10.28:0", "5:17 Error UpstreamUnreachable: 'api_base' of 'hx-chat' names port 0, where nothing can listen")]
    [InlineData("http://192.168.10.28:11434", "http://localhost:4000/v1", "5:17 Error UpstreamUnreachable: 'api_base' of 'hx-chat' points to the service itself: every request would go round in circles")]
    public void LiteLlms_file_is_checked(string old, string @new, string finding) =>
        Assert.StartsWith($"{SampleDeployment.Config}:{finding}", FindingsWith(SampleDeployment.Config, GoodConfig, old, @new)[0], StringComparison.Ordinal);

    [Fact]
    public void Equal_entries_of_a_model_are_an_error_and_different_ones_are_load_balancing()
    {
        const string Twice = "  - model_name: llm02-phi3\n    litellm_params: { model: ollama/phi3 }\n";
        const string Other = "  - model_name: llm02-phi3\n    litellm_params: { model: ollama/phi3, api_base: 'http://h:1' }\n";

        Assert.Equal(
            [$"{SampleDeployment.Config}:9:17 Error DuplicateModel: the model 'llm02-phi3' is listed twice with equal parameters; the first is at line 7"],
            FindingsWith(SampleDeployment.Config, GoodConfig, "litellm_settings:", Twice + "litellm_settings:"));
        Assert.Equal(
            [$"{SampleDeployment.Config}:9:17 Information LoadBalancedModel: 'llm02-phi3' has 2 different entries: LiteLLM spreads its load over them"],
            FindingsWith(SampleDeployment.Config, GoodConfig, "litellm_settings:", Other + "litellm_settings:"));
    }

    [Fact]
    public void A_model_with_a_wildcard_stands_for_many() =>
        Assert.DoesNotContain(FindingsWith(SampleDeployment.Config, GoodConfig, "model_name: llm02-phi3", "model_name: llm02-*"), finding => finding.Contains("UnknownModel", StringComparison.Ordinal));

    [Theory]
    [InlineData("routing:\n", "routing: x\nother:\n", "1:10 Error WrongType: the section 'routing' must be a mapping")]
    [InlineData("  strategy: ml-based-routing\n", "", "2:3 Error MissingKey: 'strategy' must be text")]
    [InlineData("default_group: hx-chat", "default_group: [hx-chat]", "3:18 Error WrongType: 'default_group' must be text")]
    [InlineData("default_group: hx-chat", "default_group: hx-caht", "3:18 Error UnknownModel: 'hx-caht' is neither in the registry nor in config.yaml; did you mean 'hx-chat'?")]
    [InlineData("    - llm02-phi3", "    - llm01-llama3.2-3b", "5:7 Error UnknownModel: 'llm01-llama3.2-3b' is neither in the registry nor in config.yaml")]
    [InlineData("    - llm02-phi3", "    - hx-chat", "5:7 Warning UnregisteredModel: 'hx-chat' is in config.yaml, but the registry has no score for it")]
    [InlineData("    - llm02-phi3", "    - llm02-phi3\n    - llm02-phi3", "6:7 Warning DuplicateFailover: 'failover_order' names 'llm02-phi3' a second time; the first is at line 5")]
    [InlineData("    - llm02-phi3", "    - {a: b}", "5:7 Error WrongType: an entry of 'failover_order' must be the name of a model")]
    public void The_routing_file_is_checked(string old, string @new, string finding) =>
        Assert.Equal([$"{Routing}:{finding}"], FindingsWith(Routing, GoodRouting, old, @new));

    [Theory]
    [InlineData("models:", "model:", "1:1 Error MissingKey: 'models' must be a list of models")]
    [InlineData("tier_score: 0.9", "tier_score: 1.2", "3:17 Error ScoreOutOfRange: 'tier_score' must be a number from 0 to 1")]
    [InlineData("tier_score: 0.9", "tier_score: high", "3:17 Error ScoreOutOfRange: 'tier_score' must be a number from 0 to 1")]
    [InlineData("[code, chat]", "code", "4:22 Error WrongType: 'specializations' must be a list of words")]
    [InlineData("    specializations: [code, chat]\n", "  - name: llm02-phi3\n", "4:11 Error DuplicateModel: the registry names 'llm02-phi3' a second time; the first is at line 2")]
    [InlineData("    specializations: [code, chat]\n", "  - name: llm02-ph3\n", "4:11 Warning UnservedModel: the registry names 'llm02-ph3', which config.yaml does not serve; did you mean 'llm02-phi3'?")]
    [InlineData("    specializations: [code, chat]\n", "  - tier_score: 0\n", "4:5 Error MissingKey: a model needs a 'name'")]
    public void The_registry_is_checked(string old, string @new, string finding) =>
        Assert.Contains($"{Registry}:{finding}", FindingsWith(Registry, GoodRegistry, old, @new));

    [Theory]
    [InlineData("MASTER_KEY=planted-secret-key", "MASTER_KEY=changeme", "2:1 Error Placeholder: the value of MASTER_KEY is a placeholder")]
    [InlineData("http://127.0.0.1:4000", "http://localhost:4010", "4:1 Error UpstreamUnreachable: HX_LITELLM_UPSTREAM points to the service itself: every request would go round in circles")]
    [InlineData("http://127.0.0.1:4000", "http://127.0.0.1:4001", "4:1 Warning UpstreamForsaken: HX_LITELLM_UPSTREAM points to port 4001 of this machine, where no unit of the deployment listens; hx-litellm-gateway.service listens on 4000")]
    [InlineData("http://127.0.0.1:4000", "127.0.0.1", "4:1 Error UpstreamUnreachable: HX_LITELLM_UPSTREAM is not an http or https address")]
    public void The_environment_file_is_checked(string old, string @new, string finding) =>
        Assert.Equal([$"{SampleDeployment.EnvironmentFile}:{finding}"], FindingsWith(SampleDeployment.EnvironmentFile, GoodEnvironment, old, @new));

    [Theory]
    [InlineData("http://production-litellm:4000")]
    [InlineData("http://internal-litellm:4000")]
    [Trait("Behaviour", "S-17")]
    public void S_17_an_upstream_on_another_host_is_taken_as_it_is(string upstream) =>
        Assert.Empty(FindingsWith(SampleDeployment.EnvironmentFile, GoodEnvironment, "http://127.0.0.1:4000", upstream));

    [Fact]
    [Trait("Behaviour", "S-32")]
    public void S_32_the_documented_routing_is_in_order_once_its_models_are_registered_and_told_until_then()
    {
        const string Documented = "routing:\n  strategy: ml-based-routing\n  default_group: hx-chat\n  failover_order: [\"llm02-phi3\", \"llm01-llama3.2-3b\"]\n";
        _sample.Write(Routing, Documented);
        Assert.Equal([$"{Routing}:4:34 Error UnknownModel: 'llm01-llama3.2-3b' is neither in the registry nor in config.yaml"], Findings());

        _sample.Write(Registry, GoodRegistry + "  - name: llm01-llama3.2-3b\n    tier_score: 0.5\n");
        _sample.Write(SampleDeployment.Config, GoodConfig.Replace("litellm_settings:", "  - model_name: llm01-llama3.2-3b\n    litellm_params: { model: ollama/llama3.2 }\nlitellm_settings:", StringComparison.Ordinal));

        Assert.Empty(Findings());
    }

    [Fact]
    [Trait("Behaviour", "S-34")]
    public void S_34_the_documented_registry_is_in_order_and_each_of_its_keys_is_checked()
    {
        const string Documented = "models:\n  - name: \"llm02-phi3\"\n    tier_score: 0.9\n    specializations: [\"coding\", \"analysis\"]\n";
        _sample.Write(Registry, Documented);
        Assert.Empty(Findings());

        Assert.Contains("ScoreOutOfRange", Assert.Single(FindingsWith(Registry, Documented, "0.9", "90")), StringComparison.Ordinal);
        Assert.Contains("WrongType", Assert.Single(FindingsWith(Registry, Documented, "[\"coding\", \"analysis\"]", "coding")), StringComparison.Ordinal);
        Assert.Contains("MissingKey", FindingsWith(Registry, Documented, "name: \"llm02-phi3\"", "nam: x")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_placeholder_in_a_command_line_is_found() => Assert.Equal(
        [$"{Wrapper}:3:1 Error Placeholder: ExecStart= of hx-gateway-ml.service holds a placeholder"],
        FindingsWith(Wrapper, GoodWrapper, "app:app", "app:app --config /path/to/your/config.yaml"));

    [Fact]
    public void Two_services_on_one_port_clash_also_by_default_and_by_drop_in()
    {
        _sample.Write($"{Wrapper}.d/override.conf", "[Service]\nExecStart=\nExecStart=/opt/gw/venv/bin/uvicorn app:app --port=4000\n");

        Assert.Equal(
            [$"{Wrapper}.d/override.conf:3:1 Error PortClash: hx-gateway-ml.service and hx-litellm-gateway.service would both listen on port 4000; the other one is at {SampleDeployment.Unit}:5"],
            Findings());
    }

    [Fact]
    public void A_port_that_there_is_not_is_found() => Assert.Equal(
        [$"{Wrapper}:3:1 Error PortInvalid: hx-gateway-ml.service would listen on 70000, which is no port"],
        FindingsWith(Wrapper, GoodWrapper, "4010", "70000"));

    [Fact]
    public void A_missing_file_is_an_error_where_the_deployment_requires_it()
    {
        File.Delete(_sample.Local(SampleDeployment.Config));
        File.Delete(_sample.Local(Routing));

        Assert.Equal(
            [$"{SampleDeployment.Config}:1:1 Error FileMissing: the file does not exist", $"{Routing}:1:1 Warning FileMissing: the file does not exist"],
            Findings());
    }

    [Fact]
    public void A_missing_environment_file_makes_its_variables_a_warning()
    {
        File.Delete(_sample.Local(SampleDeployment.EnvironmentFile));

        Assert.Contains($"{SampleDeployment.Config}:6:16 Warning MissingVariable: OLLAMA_KEY is set neither in /etc/hx-gateway-ml.env nor by a unit", Findings());
    }

    [Fact]
    public void A_missing_Python_environment_is_found_on_the_host_and_not_in_a_scratch_folder()
    {
        using var scratch = new ScratchFolder();
        var elsewhere = HostRoot.At(scratch.Path);
        Directory.Delete(_sample.Local(SampleDeployment.Venv), recursive: true);
        Assert.Equal([$"{SampleDeployment.Venv}:1:1 Error VenvMissing: the Python environment does not exist, so the services cannot start"], Findings());

        Directory.CreateDirectory(elsewhere.Locate(SampleDeployment.Venv));
        Assert.Empty(new ConfigurationValidator(_sample.Context, elsewhere).Validate());
    }

    [Theory]
    [InlineData("[Service]\nWorkingDirectory=relative", "UnitInvalid")]
    [InlineData("[Service]\nType=nonsense", "UnitLineIgnored")]
    public void A_line_of_a_unit_that_is_refused_or_passed_over_is_found(string lines, string id) =>
        Assert.Contains(id, Assert.Single(FindingsWith(Wrapper, GoodWrapper, "[Service]", lines)), StringComparison.Ordinal);

    [Fact]
    public void No_finding_shows_a_secret()
    {
        _sample.Write(SampleDeployment.EnvironmentFile, GoodEnvironment.Replace("http://127.0.0.1:4000", "ftp://user:planted-secret-key@h", StringComparison.Ordinal));
        _sample.Write(SampleDeployment.Config, GoodConfig.Replace("http://192.168.10.28:11434", "'bad://u:planted-secret-key@h'", StringComparison.Ordinal));

        var findings = new ConfigurationValidator(_sample.Context).Validate();

        Assert.Equal(2, findings.Length);
        Assert.All(findings, finding => Assert.DoesNotContain("planted", finding.ToString(), StringComparison.Ordinal));
    }
}
