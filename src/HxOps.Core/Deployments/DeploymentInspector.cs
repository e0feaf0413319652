using System.Collections.Immutable;
using HxOps.Deployments.Preflight;
using HxOps.Reporting;

namespace HxOps.Deployments;

/// <summary>Looks whether a host has what its deployment file says.</summary>
public sealed class DeploymentInspector(DeploymentContext context)
{
    private const string Activity = "Checking the deployment";

    /// <summary>Every check with its evidence; repairs nothing.</summary>
    public Task<ImmutableArray<PreflightResult>> InspectAsync(IProgress<HxEvent> events, CancellationToken cancellation) =>
        InspectAsync(PreflightScope.All, events, cancellation);

    /// <summary>The checks of one list with their evidence; repairs nothing.</summary>
    public async Task<ImmutableArray<PreflightResult>> InspectAsync(PreflightScope scope, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var checks = PreflightLists.Of(scope, events);
        var results = ImmutableArray.CreateBuilder<PreflightResult>(checks.Length);
        foreach (var check in checks)
        {
            cancellation.ThrowIfCancellationRequested();
            events.Report(new ProgressEvent(Activity, check.Subject, results.Count, checks.Length, ProgressUnit.Items));
            results.Add(await check.LookAsync(context, cancellation));
        }

        events.Report(new ProgressFinishedEvent(Activity));
        return results.MoveToImmutable();
    }
}

/// <summary>A list of checks.</summary>
public enum PreflightScope
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>What must be seen to before the gateway goes into production.</summary>
    Production,

    /// <summary>The usual causes of a service that will not start.</summary>
    Startup,
}

/// <summary>One check of a host.</summary>
/// <param name="Id">The check, PascalCase and stable.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Finding">The evidence in one line.</param>
/// <param name="Remedy">What to do when it did not pass; empty when it did.</param>
public sealed record PreflightResult(string Id, Gateway.Verdict Verdict, string Finding, string Remedy);
