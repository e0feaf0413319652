using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Rollback.Running;

/// <summary>Knows the secrets that a run may meet: the deployment's own, and the long values of every environment file it has to do with.</summary>
internal static class RunRedaction
{
    // Shorter values are settings such as "production"; taking them out would leave nothing to read.
    private const int ShortestSecret = 12;

    /// <summary>A redactor for one run.</summary>
    public static Redactor For(DeploymentContext context, RollbackPlan plan)
    {
        var own = context.Deployment.Secrets.SelectMany(secret => new[] { context.Secrets.Reveal(secret.Name), secret.Default }).OfType<string>();
        var files = plan.Scenarios
            .SelectMany(scenario => scenario.Steps)
            .SelectMany(PlanReferences.Actions)
            .OfType<EnvironmentFileAction>()
            .Select(action => PlanPath.Locate(context.Root, plan, action.File))
            .Append(context.Deployment.Configuration.EnvironmentFile is { } file ? context.Root.Locate(file) : "")
            .Distinct();
        return new Redactor([.. own, .. files.SelectMany(Values).Where(value => value.Length >= ShortestSecret)]);
    }

    private static IEnumerable<string> Values(string localPath)
    {
        try
        {
            return File.Exists(localPath) ? new EnvironmentText(FileReplacement.Read(localPath)).Values() : [];
        }
        catch (HxException)
        {
            return []; // A file that cannot be read cannot leak either.
        }
    }
}
