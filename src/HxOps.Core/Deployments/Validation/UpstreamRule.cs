using System.Globalization;
using System.Net;
using HxOps.Formats;
using HxOps.Gateway;

namespace HxOps.Deployments.Validation;

/// <summary>Addresses that a service sends requests to can be reached at all: well-formed, with a port, and not its own.</summary>
internal sealed class UpstreamRule : IConfigurationRule
{
    private const string Reference = "os.environ/";

    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        var bases = from model in LiteLlmModels.Of(configuration.LiteLlm)
                    let address = model.Parameters["api_base"] as YamlScalar
                    where address is { IsNull: false } && !address.Text.StartsWith(Reference, StringComparison.Ordinal)
                    let fault = FaultOf(address.Text, configuration.Deployment, GatewayLayer.Upstream)
                    where fault is not null
                    select configuration.LiteLlm!.Finding("UpstreamUnreachable", Severity.Error, address,
                        $"'api_base' of '{model.Name.Text}' {fault}", "Write the address of the model server, such as http://192.168.10.29:11434.");
        var upstreams = from line in configuration.Environment?.Lines ?? []
                        where IsUpstream(line.Name)
                        let fault = FaultOf(line.Value, configuration.Deployment, GatewayLayer.Wrapper)
                        where fault is not null
                        select new ConfigurationFinding("UpstreamUnreachable", Severity.Error, configuration.Environment!.HostPath,
                            new TextPosition(line.Line, 1), $"{line.Name} {fault}", "Write the address of LiteLLM, such as http://127.0.0.1:4000.");
        return bases.Concat(upstreams).Concat(Forsaken(configuration));
    }

    /// <summary>An upstream on this machine at a port where none of the gateway's units listens: a stranger may, but hardly LiteLLM.</summary>
    private static IEnumerable<ConfigurationFinding> Forsaken(ConfigurationSnapshot configuration)
    {
        var own = configuration.Deployment.Endpoints.Where(endpoint => endpoint.Layer == GatewayLayer.Wrapper).Select(endpoint => endpoint.Url.Port).ToHashSet();
        var listening = configuration.Services.SelectMany(ServicePort.Of).Where(port => !own.Contains(port.Port)).ToList();
        return from line in configuration.Environment?.Lines ?? []
               where listening.Count > 0 && IsUpstream(line.Name)
               let url = Uri.TryCreate(line.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null
               where url is { Port: not 0 } && IsHere(url) && !own.Contains(url.Port) && listening.All(port => port.Port != url.Port)
               select new ConfigurationFinding("UpstreamForsaken", Severity.Warning, configuration.Environment!.HostPath, new TextPosition(line.Line, 1),
                   $"{line.Name} points to port {url.Port.ToString(CultureInfo.InvariantCulture)} of this machine, where no unit of the deployment listens; {listening[0].Service} listens on {listening[0].Port.ToString(CultureInfo.InvariantCulture)}",
                   $"Write the address of LiteLLM, such as http://127.0.0.1:{listening[0].Port.ToString(CultureInfo.InvariantCulture)}.");
    }

    private static bool IsUpstream(string name) => name.EndsWith("UPSTREAM", StringComparison.Ordinal) || name.EndsWith("UPSTREAM_URL", StringComparison.Ordinal);

    // Without the address itself: it may hold credentials.
    private static string? FaultOf(string address, Deployment deployment, GatewayLayer self)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return "is not an http or https address";
        }

        return url.Port == 0 ? "names port 0, where nothing can listen"
            : deployment.Endpoints.Any(endpoint => endpoint.Layer == self && IsSame(endpoint.Url, url)) ? "points to the service itself: every request would go round in circles"
            : null;
    }

    private static bool IsSame(Uri left, Uri right) =>
        left.Port == right.Port && (string.Equals(left.Host, right.Host, StringComparison.OrdinalIgnoreCase) || (IsHere(left) && IsHere(right)));

    private static bool IsHere(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
}
