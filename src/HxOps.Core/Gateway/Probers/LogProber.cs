using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>Shows the end of the newest log, and looks for a failure in it.</summary>
internal sealed class LogProber(LogProbe probe, DeploymentContext context) : IProber
{
    private const int MostBytes = 256 << 10;

    private readonly Redactor _redactor = context.Secrets.CreateRedactor();

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        try
        {
            if (Newest() is not { } log)
                return ProbeAnswer.Inconclusive("no log",
                    $"Nothing matches {probe.Pattern}: run the smoke test, or correct the pattern in the deployment file.");

            // An empty file is not opened: a pipe looks like one and would block.
            var lines = log.Length == 0 ? [] : await TailAsync(log.FullName, cancellation);
            return Judge(log.Name, lines) with { Detail = [.. lines.TakeLast(probe.Lines)] };
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return ProbeAnswer.Inconclusive("the log cannot be read", $"Ask as a user who may read {probe.Pattern}.");
        }
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) =>
        ProbeAnswer.Inconclusive($"not read within {FindingText.Span(deadline)}", $"Check the disk that holds {probe.Pattern}.");

    private FileInfo? Newest()
    {
        var local = context.Root.Locate(probe.Pattern);
        var folder = new DirectoryInfo(Path.GetDirectoryName(local) ?? "/");
        if (!folder.Exists)
            return null;

        return folder.EnumerateFiles(Path.GetFileName(local), new EnumerationOptions { MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0 })
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private ProbeAnswer Judge(string name, ImmutableArray<string> lines)
    {
        if (probe.FailurePattern is null)
            return ProbeAnswer.Healthy(name);

        try
        {
            var pattern = new Regex(probe.FailurePattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
            var failures = lines.Count(line => pattern.IsMatch(line));
            return failures == 0
                ? ProbeAnswer.Healthy(name)
                : ProbeAnswer.Unhealthy($"{name}: {Quantity.Count(failures, "line")} of failure",
                    $"Read {probe.Pattern} and mend what the smoke test found.");
        }
        catch (Exception unusable) when (unusable is ArgumentException or RegexMatchTimeoutException)
        {
            return ProbeAnswer.Inconclusive("the failure pattern cannot be used", "Mend or simplify the regular expression in the deployment file.");
        }
    }

    private async Task<ImmutableArray<string>> TailAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: false);
        var skipped = Math.Max(0, file.Length - MostBytes);
        file.Seek(skipped, SeekOrigin.Begin);
        var buffer = new byte[MostBytes];
        var read = await file.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellation);
        var text = _redactor.Redact(Encoding.UTF8.GetString(buffer, 0, read));
        var lines = text.TrimEnd('\n').Split('\n').Select(line => FindingText.Clean(line.TrimEnd('\r')));
        return [.. skipped > 0 ? lines.Skip(1) : lines];
    }
}
