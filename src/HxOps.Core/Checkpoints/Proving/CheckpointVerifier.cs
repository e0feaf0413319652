using System.Collections.Immutable;
using System.Diagnostics;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Proving;

/// <summary>Proves that a checkpoint is whole.</summary>
public sealed class CheckpointVerifier(DeploymentContext context)
{
    private readonly CheckpointReader _reader = new(context);

    /// <summary>Reads the whole archive once, in memory only, and checks every claim in it.</summary>
    /// <exception cref="Errors.HxException">One of the archive errors; the verification that is returned always passed.</exception>
    public async Task<CheckpointVerification> VerifyAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var verified = await _reader.VerifyAsync(checkpoint, events, cancellation);
        return Result(verified, begun, isDrilled: false, []);
    }

    /// <summary>Verifies, extracts to a scratch folder, hashes again, validates the configuration offline, and removes the folder.</summary>
    /// <exception cref="Errors.HxException">One of the archive errors.</exception>
    public async Task<CheckpointVerification> DrillAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var verified = await _reader.VerifyAsync(checkpoint, events, cancellation);
        var findings = await Task.Run(() => Drill(verified, cancellation), cancellation);
        return Result(verified, begun, isDrilled: true, findings);
    }

    private ImmutableArray<ConfigurationFinding> Drill(VerifiedCheckpoint verified, CancellationToken cancellation)
    {
        using var scratch = DrillFolder.Create(verified.Manifest);
        var root = HostRoot.At(scratch.Path);
        using (var content = _reader.Open(verified))
            scratch.Extract(content, cancellation);

        return new ConfigurationValidator(context with { Root = root }, context.Root).Validate();
    }

    private static CheckpointVerification Result(VerifiedCheckpoint verified, long begun, bool isDrilled, ImmutableArray<ConfigurationFinding> findings)
    {
        var files = verified.Manifest.Entries.Where(entry => entry.Sha256 is not null).ToList();
        return new CheckpointVerification
        {
            Id = verified.Info.Id,
            Path = verified.Info.Path,
            Checkpoint = verified.Info,
            Passed = findings.All(finding => finding.Severity != Severity.Error),
            FilesVerified = files.Count,
            BytesVerified = files.Where(entry => entry.HardLinkTo is null).Sum(entry => entry.Metadata.Size),
            Drilled = isDrilled,
            Findings = findings,
            Elapsed = Stopwatch.GetElapsedTime(begun),
        };
    }
}
