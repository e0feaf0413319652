using HxOps.Checkpoints;
using HxOps.Deployments;

namespace HxOps.Cli.Output;

/// <summary>Says in one line what a checkpoint contains, in the kit's words as far as the deployment has what they name.</summary>
internal static class ContentsLine
{
    private static readonly (string Archive, string Words)[] Known =
    [
        ("config", "configs"),
        ("systemd", "systemd units"),
        ("scripts/tests/gateway", "test suite"),
        ("scripts/service/api-gateway", "service scripts"),
        ("logs", "logs"),
    ];

    public static string Of(Deployment deployment, CheckpointInfo checkpoint)
    {
        var archives = deployment.Components.Select(component => component.Archive).ToHashSet(StringComparer.Ordinal);
        var words = Known.Where(known => archives.Contains(known.Archive)).Select(known => known.Words).ToList();
        if (deployment.Python is not null)
            words.Add("env fingerprint");
        if (checkpoint.Gateway == GatewayState.Answering)
            words.Add("API manifest");
        words.Add("checksums");
        words.AddRange(deployment.Components.Where(component => Known.All(known => known.Archive != component.Archive)).Select(component => component.Name));
        return "Archive contains: " + string.Join(", ", words);
    }
}
