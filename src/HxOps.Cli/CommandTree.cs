using System.CommandLine;
using System.CommandLine.Help;
using HxOps.Cli.Commands.Checkpoints;
using HxOps.Cli.Commands.Configuration;
using HxOps.Cli.Commands.Deployments;
using HxOps.Cli.Commands.EntryPoints;
using HxOps.Cli.Commands.Evidence;
using HxOps.Cli.Commands.Gateway;
using HxOps.Cli.Commands.Plans;
using HxOps.Cli.Commands.Restores;
using HxOps.Cli.Commands.Rollbacks;
using HxOps.Cli.Commands.Services;
using HxOps.Cli.Commands.Switching;
using HxOps.Cli.Demo;

namespace HxOps.Cli;

/// <summary>The nouns and verbs of hxops.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CommandHost host)
    {
        var root = new RootCommand("Takes checkpoints of an LLM gateway, proves them, restores them, tests the gateway and carries out rollbacks.")
        {
            Noun("checkpoint", "Take, prove, compare, restore and remove checkpoints.",
                new CheckpointNewCommand(host),
                new CheckpointListCommand(host),
                new CheckpointShowCommand(host),
                new CheckpointTestCommand(host),
                new CheckpointCompareCommand(host),
                new CheckpointRestoreCommand(host),
                new CheckpointCopyCommand(host),
                new CheckpointRemoveCommand(host),
                new CheckpointSetCommand(host)),
            Noun("restore", "List, undo, repair and confirm restores.",
                new RestoreListCommand(host),
                new RestoreUndoCommand(host),
                new RestoreRepairCommand(host),
                new RestoreConfirmCommand(host),
                new RestoreGuardCommand(host)),
            Noun("gateway", "Test, watch and measure the gateway, and read its log.",
                new GatewayTestCommand(host),
                new GatewayWatchCommand(host),
                new GatewayMeasureCommand(host),
                new GatewayLogCommand(host)),
            Noun("entrypoint", "List what the gateway's unit runs and has run, and set it.",
                new EntryPointListCommand(host),
                new EntryPointDocumentCommand(host),
                new EntryPointStandInCommand(host),
                new EntryPointSetCommand(host)),
            Noun("service", "Install the gateway's service; see, start, stop and restart its units.",
                new ServiceInstallCommand(host),
                new ServiceUninstallCommand(host),
                new ServiceStatusCommand(host),
                new ServiceStartCommand(host),
                new ServiceStopCommand(host),
                new ServiceRestartCommand(host),
                new ServiceLogsCommand(host)),
            Noun("config", "Validate the gateway's configuration files.",
                new ConfigTestCommand(host)),
            Noun("deployment", "Choose, show and check deployments.",
                new DeploymentListCommand(host),
                new DeploymentShowCommand(host),
                new DeploymentTestCommand(host),
                new DeploymentNewCommand(host)),
            Noun("rollback", "Decide on rollbacks, carry them out and resume them.",
                new RollbackDecideCommand(host),
                new RollbackRunCommand(host),
                new RollbackResumeCommand(host),
                new RollbackListCommand(host),
                new RollbackShowCommand(host)),
            Noun("plan", "List, show and test rollback plans.",
                new PlanListCommand(host),
                new PlanShowCommand(host),
                new PlanTestCommand(host)),
            Noun("flag", "Read and set feature flags.",
                new FlagGetCommand(host),
                new FlagSetCommand(host)),
            Noun("killswitch", "Read and throw kill switches.",
                new KillSwitchGetCommand(host),
                KillSwitchTurnCommand.On(host),
                KillSwitchTurnCommand.Off(host)),
            Noun("evidence", "Save what can be seen of the deployment.",
                new EvidenceSaveCommand(host)),
            Noun("report", "Write incident reports.",
                new ReportExportCommand(host)),
            Noun("audit", "Read and prove the log of all changes.",
                new AuditListCommand(host),
                new AuditTestCommand(host)),
            new DemoCommand(host),
        };
        root.HelpName = "hxops";
        host.Globals.AddTo(root, host.Deployments);
        AddExamples(root, host.Terminal);
        return root;
    }

    private static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
            noun.Add(verb);
        return noun;
    }

    private static void AddExamples(RootCommand root, Terminal terminal)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        var usual = (HelpAction)help.Action!;
        usual.MaxWidth = terminal.Width;
        help.Action = new HelpWithExamples(usual, terminal);
    }
}
