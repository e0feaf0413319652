using System.Collections.Immutable;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Evidence;

/// <summary>What evidence is wanted, besides the units of the deployment and their log.</summary>
public sealed record EvidenceRequest
{
    /// <summary>What it is for, in the operator's words.</summary>
    public string Note { get; init; } = "";

    /// <summary>How far back logs are read.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromHours(1);

    /// <summary>At most so many last lines of each log.</summary>
    public int Tail { get; init; } = 200;

    /// <summary>The longest that one source may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Compose projects whose containers are looked at; their folders are local paths.</summary>
    public ImmutableArray<ComposeProject> Projects { get; init; } = [];

    /// <summary>Git work trees, local paths.</summary>
    public ImmutableArray<string> WorkTrees { get; init; } = [];

    /// <summary>Addresses whose answers are kept.</summary>
    public ImmutableArray<Uri> Addresses { get; init; } = [];

    /// <summary>The plan that it is about; the secrets in its environment files are taken out, too. Null for none.</summary>
    public RollbackPlan? Plan { get; init; }

    /// <summary>What would be saved, one source a line.</summary>
    public IEnumerable<string> Describe(DeploymentContext context)
    {
        var redactor = PlanRedaction.For(context, Plan);
        using var connector = new GatewayConnector();
        return [.. new EvidenceSources(context, connector).Of(this).Select(source => redactor.Redact(source.Source)), $"into {context.StateFolder}/evidence"];
    }

    /// <summary>What a plan's evidence is about: its compose projects, its work trees, and the addresses that its evidence steps name.</summary>
    public static EvidenceRequest Of(RollbackPlan plan, DeploymentContext context)
    {
        var actions = plan.Scenarios.SelectMany(scenario => scenario.Steps).SelectMany(PlanReferences.Actions).ToList();
        var folder = (string path) => Rollback.Actions.PlanPath.Locate(context.Root, plan, path);
        return new EvidenceRequest
        {
            Plan = plan,
            Projects = [.. actions.OfType<ComposeAction>().Select(action => action.Project with { Folder = folder(action.Project.Folder) }).DistinctBy(project => project.Folder)],
            WorkTrees = [.. actions.OfType<GitAction>().Select(action => folder(action.Folder)).Distinct()],
            Addresses = [.. actions.OfType<EvidenceAction>().SelectMany(action => action.Addresses).Distinct()],
        };
    }
}
