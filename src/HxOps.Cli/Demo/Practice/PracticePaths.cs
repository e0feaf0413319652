namespace HxOps.Cli.Demo.Practice;

/// <summary>Where the HX API gateway keeps its parts, as host paths.</summary>
internal static class PracticePaths
{
    public const string Root = "/opt/HX-Infrastructure-/api-gateway";
    public const string Configuration = Root + "/config/api-gateway";
    public const string LiteLlmConfig = Configuration + "/config.yaml";
    public const string Routing = Configuration + "/routing.yaml";
    public const string ModelRegistry = Configuration + "/model_registry.yaml";
    public const string Tests = Root + "/scripts/tests/gateway";
    public const string ServiceScripts = Root + "/scripts/service/api-gateway";
    public const string StartScript = ServiceScripts + "/start.sh";
    public const string Source = Root + "/gateway/src";
    public const string Backups = Root + "/gateway/backups";
    public const string Logs = Root + "/gateway/logs";
    public const string Venv = Root + "/gateway/venv";
    public const string EnvironmentFile = "/etc/hx-gateway-ml.env";
    public const string Units = "/etc/systemd/system";
    public const string GatewayUnit = "hx-litellm-gateway.service";
    public const string WrapperUnit = "hx-gateway-ml.service";
    public const string WrapperDropIn = Units + "/" + WrapperUnit + ".d/override.conf";
    public const string Deployment = "/etc/hxops/deployment.yaml";

    /// <summary>By this file a folder is known to be practice and no gateway of anybody.</summary>
    public const string Mark = "/etc/hxops/practice";
}
