using HxOps.Formats;

namespace HxOps.Deployments.Validation;

/// <summary>No two services listen on one port, and each port is one that there is.</summary>
internal sealed class PortClashRule : IConfigurationRule
{
    /// <inheritdoc/>
    public IEnumerable<ConfigurationFinding> Check(ConfigurationSnapshot configuration)
    {
        var ports = configuration.Services.SelectMany(ServicePort.Of).ToList();
        foreach (var port in ports.Where(port => port.Port is < 1 or > 65535))
        {
            yield return At(port, "PortInvalid", $"{port.Service} would listen on {port.Port}, which is no port", "Give a port from 1 to 65535.");
        }

        foreach (var same in ports.GroupBy(port => port.Port))
        {
            foreach (var later in same.Where(port => port.Service != same.First().Service))
            {
                yield return At(later, "PortClash",
                    $"{later.Service} and {same.First().Service} would both listen on port {same.Key}; the other one is at {same.First().Origin}",
                    "Give one of them another --port.");
            }
        }
    }

    private static ConfigurationFinding At(ServicePort port, string id, string message, string remedy) =>
        new(id, Severity.Error, port.Origin.File, new TextPosition(port.Origin.Line, 1), message, remedy);
}
