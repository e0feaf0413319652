using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Puts a verification into words: what was proven, then what a drill found.</summary>
internal static class VerificationText
{
    private const string Good = "\u2705";
    private const string Bad = "\u274c";

    internal static ImmutableArray<string> Lines(CheckpointVerification verification)
    {
        var files = string.Create(CultureInfo.InvariantCulture, $"{verification.FilesVerified} file{(verification.FilesVerified == 1 ? "" : "s")}");
        var verb = verification.Drilled ? "verified and extracted" : "verified";
        return
        [
            $"{(verification.Passed ? Good : Bad)} {verification.Id}: {files}, {Quantity.Bytes(verification.BytesVerified)} {verb} in {Quantity.Span(verification.Elapsed)}",
            .. verification.Findings.SelectMany(Lines),
        ];
    }

    private static IEnumerable<string> Lines(ConfigurationFinding finding)
    {
        yield return $"   {finding.File}:{finding.Position}: {Word(finding.Severity)} {finding.Id}";
        yield return $"   {finding.Message}";
        if (finding.Remedy.Length > 0)
            yield return $"   {finding.Remedy}";
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
