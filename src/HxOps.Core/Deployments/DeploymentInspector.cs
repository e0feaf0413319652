using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Deployments;

/// <summary>Looks whether a host has what its deployment file says.</summary>
public sealed class DeploymentInspector(DeploymentContext context)
{
    /// <summary>Every check with its evidence; repairs nothing.</summary>
    public Task<ImmutableArray<PreflightResult>> InspectAsync(IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}

/// <summary>One check of a host.</summary>
/// <param name="Id">The check, PascalCase and stable.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Finding">The evidence in one line.</param>
/// <param name="Remedy">What to do when it did not pass; empty when it did.</param>
public sealed record PreflightResult(string Id, Gateway.Verdict Verdict, string Finding, string Remedy);
