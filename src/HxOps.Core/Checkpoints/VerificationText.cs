using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Puts a verification into words: what was proven, then what a drill found.</summary>
internal static class VerificationText
{
    internal static ImmutableArray<string> Lines(CheckpointVerification verification)
    {
        var verb = verification.Drilled ? "verified and extracted" : "verified";
        return
        [
            $"{(verification.Passed ? Signs.Good : Signs.Bad)} {verification.Id}: {Quantity.Count(verification.FilesVerified, "file")}, {Quantity.Bytes(verification.BytesVerified)} {verb} in {Quantity.Span(verification.Elapsed)}",
            .. verification.Findings.SelectMany(Lines),
        ];
    }

    private static IEnumerable<string> Lines(ConfigurationFinding finding)
    {
        yield return $"   {finding.Headline()}";
        yield return $"   {finding.Message}";
        if (finding.Remedy.Length > 0)
            yield return $"   {finding.Remedy}";
    }
}
