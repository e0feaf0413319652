using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Services.Operating;

/// <summary>Finds configuration that a running unit has not read, because it changed after the unit was started.</summary>
internal sealed class StaleConfiguration(DeploymentContext context)
{
    /// <summary>systemd tells times to the second.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    /// <summary>Host paths of the unit's configuration files that are newer than its start.</summary>
    internal IEnumerable<string> Of(string unit, string startCommand, DateTimeOffset since) =>
        FilesOf(unit, startCommand).Where(path => ModifiedUtc(path) is { } modified && modified > since + Grain);

    private IEnumerable<string> FilesOf(string unit, string startCommand)
    {
        var files = context.Deployment.Configuration;
        if (files.LiteLlm is { } list && startCommand.Contains(list, StringComparison.Ordinal))
            yield return list;

        if (context.Deployment.Service?.Unit != unit)
            yield break;

        foreach (var path in new[] { files.Routing, files.ModelRegistry, files.EnvironmentFile }.OfType<string>())
            yield return path;
    }

    private DateTimeOffset? ModifiedUtc(string hostPath)
    {
        var metadata = new MetadataReader(new AccountDirectory()).TryRead(context.Root.Locate(hostPath));
        return metadata is null ? null : DateTimeOffset.UnixEpoch.AddTicks(metadata.ModifiedNanoseconds / 100);
    }
}
