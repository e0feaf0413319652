using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>
/// Logs cannot fill the disk: the journal bounds itself, and a folder that holds log files is named to logrotate or to systemd-tmpfiles.
/// </summary>
internal sealed class LogRotationCheck : IPreflightCheck
{
    private const string Id = "LogRotation";
    private static readonly string[] Bounds = ["SystemMaxUse=", "SystemKeepFree=", "MaxRetentionSec="];

    /// <inheritdoc/>
    public string Subject => "log rotation";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var journal = SmallTexts.Lines(context.Root, "/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d").LastOrDefault(line => Bounds.Any(line.StartsWith));
        var evidence = journal is null ? "the journal keeps to its own bounds" : $"the journal is bounded by {journal}";
        var rules = SmallTexts.Lines(context.Root, "/etc/logrotate.conf", "/etc/logrotate.d")
            .AddRange(SmallTexts.Lines(context.Root, "/etc/tmpfiles.conf", "/etc/tmpfiles.d"));
        var folders = context.Deployment.Components
            .Where(component => component.Role == ComponentRole.Evidence)
            .SelectMany(component => component.Sources)
            .Select(source => Path.GetDirectoryName(source.Path)!)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var forgotten = folders.Where(folder => !rules.Any(rule => rule.Contains(folder, StringComparison.Ordinal))).ToList();
        return forgotten.Count == 0
            ? new PreflightResult(Id, Verdict.Healthy, folders.Count == 0 ? evidence : $"{evidence}; {string.Join(", ", folders)} is rotated", "")
            : new PreflightResult(Id, Verdict.Unhealthy, $"{evidence}; nothing rotates {string.Join(", ", forgotten)}",
                $"Add a file to /etc/logrotate.d, such as '{forgotten[0]}/*.log {{ weekly rotate 8 compress missingok notifempty }}'.");
    }
}
