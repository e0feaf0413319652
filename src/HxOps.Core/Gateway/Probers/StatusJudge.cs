using System.Globalization;

namespace HxOps.Gateway.Probers;

/// <summary>Judges an answer by its status code, before anything else about it.</summary>
internal static class StatusJudge
{
    /// <summary>What is wrong with the status, or null when it is the wanted one.</summary>
    internal static ProbeAnswer? Judge(int status, int wanted, GatewayClient client, string keyRemedy)
    {
        if (status == wanted)
            return null;

        var finding = string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
        return status switch
        {
            401 or 403 => ProbeAnswer.Inconclusive(finding + ", the key is not accepted", keyRemedy),
            429 => ProbeAnswer.Inconclusive(finding + ", too many requests", "Ask again when the gateway has less to do."),
            >= 300 and < 400 => ProbeAnswer.Unhealthy(finding + ", a redirect",
                $"Correct the endpoint's url in the deployment file. {client.Remedy}"),
            >= 500 => client.Bad(finding),
            _ => ProbeAnswer.Unhealthy(finding, client.Remedy),
        };
    }
}
