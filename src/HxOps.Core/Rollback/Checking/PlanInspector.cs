using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;
using HxOps.Rollback.Switches;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Checking;

/// <summary>Looks for what would keep a plan from working on this machine. Reads only.</summary>
public sealed partial class PlanInspector(DeploymentContext context)
{
    /// <summary>What was found, worst first.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Stops the programs that look at work trees.</param>
    public async Task<ImmutableArray<PlanFinding>> InspectAsync(RollbackPlan plan, CancellationToken cancellation)
    {
        using var connector = new GatewayConnector();
        var executors = new ActionExecutorSet(connector, new ProcessRunner());
        var findings = plan.Scenarios.SelectMany(scenario => OfScenario(plan, scenario, executors)).Concat(Placeholders(plan)).ToList();
        foreach (var scenario in plan.Scenarios)
        {
            findings.AddRange(await OfTreesAsync(plan, scenario, cancellation));
        }

        return [.. findings.OrderBy(finding => finding.Severity)];
    }

    // A tree once, where the scenario first asks for it: a step that has fetched the version has fetched it for those behind it.
    private async Task<IEnumerable<PlanFinding>> OfTreesAsync(RollbackPlan plan, PlanScenario scenario, CancellationToken cancellation)
    {
        var trees = new TreeInspector(new ProcessRunner());
        var redactor = PlanRedaction.For(context, plan);
        var findings = new List<PlanFinding>();
        var asked = scenario.Steps.SelectMany(step => PlanReferences.Actions(step).OfType<GitAction>().Select(action => (step.Name, Action: action)));
        foreach (var same in asked.Where(tree => Directory.Exists(Local(plan, tree.Action.Folder))).GroupBy(tree => (tree.Action.Folder, tree.Action.Reference)))
        {
            var (step, action) = same.First();
            var remote = same.Select(tree => tree.Action.Remote).FirstOrDefault(name => name.Length > 0) ?? "";
            var found = await trees.InspectAsync(action with { Remote = remote }, Local(plan, action.Folder), cancellation);
            findings.AddRange(found.Select(finding => finding with { Place = $"{scenario.Name}/{step}", Message = redactor.Redact(finding.Message) }));
        }

        return findings;
    }

    private IEnumerable<PlanFinding> OfScenario(RollbackPlan plan, PlanScenario scenario, ActionExecutorSet executors)
    {
        foreach (var (number, step) in scenario.Steps.Index())
        {
            var place = $"{scenario.Name}/{step.Name}";
            var actions = PlanReferences.Actions(step).ToList();
            foreach (var action in actions.Where(action => !executors.Knows(action)))
            {
                yield return Error("ActionUnavailable", place, $"Nothing here can carry it out: {action.Describe()}.");
            }

            foreach (var finding in actions.SelectMany(action => Missing(plan, action)))
            {
                yield return finding with { Place = place };
            }

            if (executors.Knows(step.Action) && IsDoubtful(step, executors))
            {
                yield return Warning("Unobserved", place, "Nothing tells whether it has happened: a run that is killed here stops and asks. Give it 'observe' or 'repeatable: true'.");
            }
            if (StaysBehind(scenario, number, executors) is { } left)
            {
                yield return Warning("NoWayBack", place, $"Nothing takes it back ({left.Describe()}), and a failure here or later asks for that. Give it 'undo', 'on-failure: stop' to it and those behind it, or 'read-only: true' to a command.");
            }
        }

        if (scenario.Success.IsEmpty)
        {
            yield return Warning("NoSuccess", scenario.Name, "The scenario does not say what must be seen at its end.");
        }

        if (SwitchLeftOn(scenario) is { } url)
        {
            yield return Warning("KillSwitchLeftOn", scenario.Name, $"The kill switch at {SwitchClient.Shown(url)} is turned on and never off: the run cannot be a success.");
        }

        if (scenario.Budget > plan.Target)
        {
            yield return Warning("BudgetOverTarget", scenario.Name, $"It may take {scenario.Budget.TotalMinutes:0.#} minutes; the plan's target is {plan.Target.TotalMinutes:0.#}.");
        }
    }

    private IEnumerable<PlanFinding> Missing(RollbackPlan plan, PlanAction action) => action switch
    {
        EnvironmentFileAction file when !Exists(plan, file.File) => [Error("FileMissing", "", $"There is no file {Shown(plan, file.File)}.")],
        CopyFileAction copy when !copy.From.Any(from => Exists(plan, from)) => [Error("FileMissing", "", $"None of these is there: {string.Join(", ", copy.From.Select(from => Shown(plan, from)))}.")],
        GitAction git when !Directory.Exists(Local(plan, git.Folder)) => [Error("FolderMissing", "", $"There is no work tree {Shown(plan, git.Folder)}.")],
        ComposeAction compose when !Directory.Exists(Local(plan, compose.Project.Folder)) => [Error("FolderMissing", "", $"There is no compose project {Shown(plan, compose.Project.Folder)}.")],
        DatabaseScriptAction script when !Exists(plan, script.Script) => [Error("FileMissing", "", $"There is no script {Shown(plan, script.Script)}.")],
        DatabaseRehearsalAction rehearsal when !Exists(plan, rehearsal.Script) => [Error("FileMissing", "", $"There is no script {Shown(plan, rehearsal.Script)}.")],
        HttpAction { Request.BodyFile: { } body } when !Exists(plan, body) => [Error("FileMissing", "", $"There is no file {Shown(plan, body)}.")],
        EntryPointAction when context.Deployment.Service is null => [Error("ServiceMissing", "", $"The deployment {context.Deployment.Name} describes no service whose entry point could be set.")],
        EntryPointAction entryPoint when !Exists(plan, entryPoint.ConfigurationPath) => [Error("FileMissing", "", $"There is no configuration file {Shown(plan, entryPoint.ConfigurationPath)}.")],
        CommandAction command when ProgramProblem(plan, command.Command) is { } problem => [Error("ProgramMissing", "", problem)],
        _ => [],
    };

    private string? ProgramProblem(RollbackPlan plan, CommandLine line)
    {
        if (line.Program.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.Combine(line.Folder, line.Program);
            return Exists(plan, path) ? null : $"There is no program {Shown(plan, path)}.";
        }

        try
        {
            ProgramFinder.Find(line.Program, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" });
            return null;
        }
        catch (HxException missing)
        {
            return missing.Message;
        }
    }

    private static bool IsDoubtful(PlanStep step, ActionExecutorSet executors) =>
        !step.IsRepeatable && step.Observe.IsEmpty && executors.For(step.Action).ObservationsOf(step.Action).IsEmpty && executors.For(step.Action).RepeatOf(step.Action) is RepeatRule.Once or RepeatRule.OnceSent;

    // What a step leaves although the plan asks for its way back: a script that drops things leaves nothing when it fails itself.
    private static PlanAction? StaysBehind(PlanScenario scenario, int number, ActionExecutorSet executors)
    {
        var step = scenario.Steps[number];
        var left = step.Undo is not null ? null : new[] { step.Action, step.Alternative?.Action }.OfType<PlanAction>()
            .FirstOrDefault(action => executors.Knows(action) && executors.For(action).EffectOf(action) is ActionEffect.Lasting or ActionEffect.Final);
        var first = left is not null && executors.For(left).EffectOf(left) == ActionEffect.Final ? number + 1 : number;
        return scenario.Steps.Skip(first).Any(later => later is { Importance: StepImportance.Critical, OnFailure: FailureRule.Compensate }) ? left : null;
    }

    private static Uri? SwitchLeftOn(PlanScenario scenario) => scenario.Steps
        .SelectMany(step => new[] { step.Action, step.Alternative?.Action })
        .OfType<KillSwitchAction>()
        .GroupBy(action => action.Url)
        .FirstOrDefault(thrown => thrown.Last().Position == SwitchPosition.On)?.Key;

    private static IEnumerable<PlanFinding> Placeholders(RollbackPlan plan)
    {
        foreach (var contact in plan.Contacts.Where(contact => Placeholder().IsMatch(contact.Reach)))
        {
            yield return Warning("Placeholder", "", $"Nobody has said yet how to reach the {contact.Role}: {contact.Reach}");
        }

        foreach (var (name, value) in plan.Values.Where(pair => Placeholder().IsMatch(pair.Value)))
        {
            yield return Warning("Placeholder", "", $"The value '{name}' is still the one of the document: {value}");
        }
    }

    private bool Exists(RollbackPlan plan, string path) => File.Exists(Local(plan, path));

    private string Local(RollbackPlan plan, string path) => PlanPath.Locate(context.Root, plan, path);

    private string Shown(RollbackPlan plan, string path) => context.Root.HostPathOf(Local(plan, path));

    private static PlanFinding Error(string id, string place, string message) => new(id, PlanSeverity.Error, place, message);

    private static PlanFinding Warning(string id, string place, string message) => new(id, PlanSeverity.Warning, place, message);

    [GeneratedRegex(@"\[[A-Z][^\]]*\]|your-domain\.")]
    private static partial Regex Placeholder();
}
