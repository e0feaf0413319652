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
            .SelectMany(scenario => scenario.Steps.SelectMany(step => PlanReferences.Actions(step).SelectMany(Files).Concat(Conditions(step).SelectMany(Files))))
            .SelectMany(path => EnvironmentFiles(PlanPath.Locate(context.Root, plan, path)))
            .Append(context.Deployment.Configuration.EnvironmentFile is { } file ? context.Root.Locate(file) : "")
            .Distinct();
        return new Redactor([.. own, .. files.SelectMany(Values).Where(value => value.Length >= ShortestSecret)]);
    }

    private static IEnumerable<PlanCondition> Conditions(PlanStep step) => step.Observe.Concat(step.When).Concat(step.Alternative?.Observe ?? []);

    private static IEnumerable<string> Files(PlanAction action) => action switch
    {
        EnvironmentFileAction file => [file.File],
        CopyFileAction copy => copy.From.Append(copy.To).Where(IsEnvironmentFile),
        ComposeAction compose => [compose.Project.Folder],
        _ => [],
    };

    private static IEnumerable<string> Files(PlanCondition condition) => condition switch
    {
        EnvironmentFileCondition file => [file.File],
        ComposeCondition compose => [compose.Project.Folder],
        LogCondition log => [log.Project.Folder],
        _ => [],
    };

    // A compose project keeps the environment of its containers beside its compose file.
    private static IEnumerable<string> EnvironmentFiles(string localPath) => Directory.Exists(localPath)
        ? Directory.EnumerateFiles(localPath).Where(IsEnvironmentFile)
        : [localPath];

    private static bool IsEnvironmentFile(string path) => Path.GetFileName(path) is var name && (name.StartsWith(".env", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal));

    private static IEnumerable<string> Values(string localPath)
    {
        try
        {
            return File.Exists(localPath) ? new EnvironmentText(FileReplacement.Read(localPath)).Variables().Select(variable => variable.Value) : [];
        }
        catch (HxException)
        {
            return []; // A file that cannot be read cannot leak either.
        }
    }
}
