using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Databases;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;
using HxOps.Rollback.Running;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Actions;

/// <summary>Knows who carries out which action.</summary>
internal sealed class ActionExecutorSet
{
    private readonly ImmutableDictionary<Type, IActionExecutor> _executors;

    public ActionExecutorSet(GatewayConnector connector, ProcessRunner runner)
    {
        var databases = new DatabaseOpener(runner);
        var containers = new ContainerOpener(runner);
        IActionExecutor[] all =
        [
            new ServiceExecutor(), new DropInExecutor(), new EntryPointExecutor(), new CopyFileExecutor(), new WriteFileExecutor(), new RemoveFileExecutor(),
            new EnvironmentFileExecutor(), new CheckpointExecutor(), new RestoreExecutor(), new HttpExecutor(new HttpAsker(connector)), new KillSwitchExecutor(connector),
            new FeatureFlagExecutor(connector), new GateExecutor(), new CommandExecutor(runner), new GitExecutor(runner), new ApprovalExecutor(),
            new AnnouncementExecutor(), new WaitExecutor(), new EvidenceExecutor(), new PagesExecutor(), new DatabaseBackupExecutor(databases), new DatabaseScriptExecutor(databases),
            new DatabaseRehearsalExecutor(databases), new DatabaseReconcileExecutor(databases), new DatabaseAssertExecutor(databases),
            new ComposeExecutor(containers), new ImageExecutor(containers),
        ];
        _executors = all.ToImmutableDictionary(executor => executor.Kind);
    }

    /// <summary>Who carries the action out.</summary>
    public IActionExecutor For(PlanAction action) => _executors[action.GetType()];

    /// <summary>Whether anybody carries the action out.</summary>
    public bool Knows(PlanAction action) => _executors.ContainsKey(action.GetType());

    /// <summary>Refuses a scenario with an action that nobody here carries out, before anything has changed.</summary>
    public void RefuseUnknown(PlanScenario scenario)
    {
        foreach (var step in scenario.Steps)
        {
            if (PlanReferences.Actions(step).FirstOrDefault(action => !Knows(action)) is { } unknown)
            {
                throw new HxException(RunErrors.ActionUnavailable, step.Name,
                    $"The step '{step.Name}' of scenario '{scenario.Name}' cannot be carried out: {unknown.Describe()}.");
            }
        }
    }
}
