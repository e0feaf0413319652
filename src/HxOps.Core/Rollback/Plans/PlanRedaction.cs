using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Rollback.Plans;

/// <summary>
/// Knows the secrets that a plan's run, evidence and report may meet: the deployment's own, the values of every environment file that the
/// plan has to do with, and what its compose files name a secret.
/// </summary>
internal static class PlanRedaction
{
    // What no name gives away counts from here on: shorter values are settings such as "production", and without them nothing can be read.
    private const int ShortestUnnamed = 12;

    /// <summary>A redactor for all that is told of a plan; without one, of the deployment alone.</summary>
    public static Redactor For(DeploymentContext context, RollbackPlan? plan)
    {
        var own = context.Deployment.Secrets.SelectMany(secret => new[] { context.Secrets.Reveal(secret.Name), secret.Default }).OfType<string>();
        var files = (plan is null ? [] : Files(context, plan))
            .Append(context.Deployment.Configuration.EnvironmentFile is { } file ? context.Root.Locate(file) : "")
            .Distinct();
        var projects = (plan is null ? [] : Projects(plan).Select(project => project with { Folder = PlanPath.Locate(context.Root, plan, project.Folder) }))
            .Select(project => ComposeEnvironment.Of(context.Codecs.Yaml, project)).ToList();
        return new Redactor(
        [
            .. own,
            .. files.Concat(projects.SelectMany(project => project.Files)).Distinct().SelectMany(Secrets),
            .. projects.SelectMany(project => project.Variables).Where(variable => SecretPatterns.IsSecret(variable.Key, variable.Value)).Select(variable => variable.Value),
        ]);
    }

    private static IEnumerable<ComposeProject> Projects(RollbackPlan plan) => plan.Scenarios
        .SelectMany(scenario => scenario.Steps.SelectMany(step => PlanReferences.Actions(step).OfType<ComposeAction>().Select(action => action.Project)
            .Concat(Conditions(step).Select(condition => condition switch { ComposeCondition compose => compose.Project, LogCondition log => log.Project, _ => null }).OfType<ComposeProject>())));

    private static IEnumerable<string> Files(DeploymentContext context, RollbackPlan plan) => plan.Scenarios
        .SelectMany(scenario => scenario.Steps.SelectMany(step => PlanReferences.Actions(step).SelectMany(Files).Concat(Conditions(step).SelectMany(Files))))
        .SelectMany(path => EnvironmentFiles(PlanPath.Locate(context.Root, plan, path)));

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
    private static IEnumerable<string> EnvironmentFiles(string localPath)
    {
        try
        {
            return Directory.Exists(localPath) ? [.. Directory.EnumerateFiles(localPath).Where(IsEnvironmentFile)] : [localPath];
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            return []; // A folder that cannot be read cannot leak either.
        }
    }

    private static bool IsEnvironmentFile(string path) => Path.GetFileName(path) is var name && (name.StartsWith(".env", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal));

    // Of a value of several lines, such as a private key, a log or a message may show one.
    private static IEnumerable<string> Forms(string value) => value.Split('\n').Where(line => line.Length >= ShortestUnnamed).Prepend(value);

    private static IEnumerable<string> Secrets(string localPath)
    {
        try
        {
            return File.Exists(localPath)
                ? [.. new EnvironmentText(FileReplacement.Read(localPath)).Variables()
                    .Where(variable => variable.Value.Length >= ShortestUnnamed || SecretPatterns.IsSecret(variable.Key, variable.Value))
                    .SelectMany(variable => Forms(variable.Value))]
                : [];
        }
        catch (HxException)
        {
            return []; // A file that cannot be read cannot leak either.
        }
    }
}
