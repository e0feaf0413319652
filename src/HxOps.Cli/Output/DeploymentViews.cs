using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>How deployments and what was found about them look.</summary>
internal static class DeploymentViews
{
    public static void List(Page page, ImmutableArray<DeploymentSummary> deployments)
    {
        var table = new TextTable("DEPLOYMENT", "FILE", "DESCRIPTION");
        foreach (var deployment in deployments)
            table.Add(deployment.Id, deployment.Source, deployment.Description);
        page.Table(table);
    }

    public static void Summary(Page page, DeploymentSummary deployment) => page.Facts(
        ("Name", deployment.Id),
        ("What", deployment.Description),
        ("File", deployment.Source),
        ("Root", deployment.Root),
        ("Backups", $"{deployment.Backups} (keep {deployment.Keep.ToString(CultureInfo.InvariantCulture)})"),
        ("Components", string.Join(", ", deployment.Components)),
        ("Units", string.Join(", ", deployment.Units)),
        ("Probes", string.Join(", ", deployment.Probes)),
        ("Secrets from", string.Join(", ", deployment.SecretVariables)));

    public static void Findings(Page page, ImmutableArray<ConfigurationFinding> findings)
    {
        if (findings.IsEmpty)
            page.Line($"{Signs.Good} The configuration is in order.");

        foreach (var finding in findings)
        {
            page.Line(finding.Headline());
            page.Sentence("    " + finding.Message, indent: 4);
            if (finding.Remedy.Length > 0)
                page.Sentence("    " + finding.Remedy, indent: 4);
        }
    }

    public static void Preflight(Page page, ImmutableArray<PreflightResult> checks)
    {
        foreach (var check in checks)
        {
            page.Sentence($"{Sign(check.Verdict)} {check.Id}: {check.Finding}", indent: 3);
            if (check.Remedy.Length > 0)
                page.Sentence("   " + check.Remedy, indent: 3);
        }
    }

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => Signs.Good,
        Verdict.Unhealthy => Signs.Bad,
        _ => Signs.Unsure,
    };
}
