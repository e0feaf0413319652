using System.Collections;
using System.Management.Automation;
using HxOps.Completion;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Pipeline;

/// <summary>A command that works on one deployment.</summary>
public abstract class HxDeploymentCommand : HxCommand
{
    private readonly Dictionary<Origin, DeploymentContext> _opened = [];

    /// <summary>The deployment: its file, or the name of a shipped one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    public string? Deployment { get; set; }

    /// <summary>The folder put before every absolute path that the deployment names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Root { get; set; }

    /// <summary>The deployment that the user chose, else the one that <paramref name="subject"/> came from, else the default one.</summary>
    private protected DeploymentContext Open(object? subject)
    {
        var origin = Origin.Of(subject);
        var deployment = Deployment is null ? origin?.Deployment : UserPaths.Resolve(Deployment, LocalPath);
        return Open(new Origin(deployment ?? "", Folder ?? origin?.Root ?? ""));
    }

    /// <summary>Every deployment that can be named.</summary>
    private protected IReadOnlyCollection<string> ListDeployments() => Run(() => Composition.ListDeployments(Folder ?? ""));

    /// <summary>The deployment of a file.</summary>
    private protected DeploymentContext OpenFile(string path) => Open(new Origin(path, Folder ?? ""));

    /// <summary>Runs work that changes the deployment, as its only writer.</summary>
    private protected T RunLocked<T>(
        DeploymentContext context, string purpose, Func<DeploymentLease, IProgress<HxEvent>, CancellationToken, Task<T>> work) =>
        Run(async (events, stop) =>
        {
            using var lease = DeploymentLock.Acquire(context.StateFolder, purpose);
            return await work(lease, events, stop);
        });

    /// <summary>Changes the deployment, as its only writer.</summary>
    private protected T RunLocked<T>(DeploymentContext context, string purpose, Func<DeploymentLease, T> work) =>
        RunLocked(context, purpose, (lease, _, _) => Task.FromResult(work(lease)));

    /// <summary>Carries a plan out once it is agreed to. How it ended is written, and is an error as well unless it ended well.</summary>
    private protected void CarryOut(DeploymentContext context, RestorePlan plan)
    {
        var lines = plan.Describe();
        if (!Agree(lines[0], lines.Skip(1)))
            return;

        var result = Run((events, stop) => new RestoreRunner(context).RunAsync(plan, events, stop));
        Write(context, result);
        if (RestoreOutcomeErrors.Of(result) is { } failure)
            Report(failure);
    }

    /// <summary>The plan that the user chose, with the user's values.</summary>
    private protected RollbackPlan ReadPlan(string nameOrPath, Hashtable values) =>
        Run(() => Composition.Plans().Read(UserPaths.Resolve(nameOrPath, LocalPath), NamedTexts.From(values)));

    /// <summary>Carries out or resumes a rollback that has been agreed to. How it ended is written, and is an error as well unless it ended well.</summary>
    private protected void WriteRun(DeploymentContext context, Func<IApprover, IProgress<HxEvent>, CancellationToken, Task<RunResult>> work)
    {
        var isAgreed = new Asking(this).IsAgreed;
        var result = Run((events, stop) => work(isAgreed ? new AgreedBeforehand(Environment.UserName) : new PipelineApprover(events), events, stop));
        Write(context, result);
        if (RunOutcomeErrors.Of(result) is { } failure)
            Report(failure);
    }

    /// <summary>Writes an output that remembers where it came from.</summary>
    private protected void Write(DeploymentContext context, object output)
    {
        new Origin(context.Deployment.Source, context.Root.Folder).Mark(output);
        WriteOutput(output);
    }

    /// <summary>Writes several outputs.</summary>
    private protected void WriteAll<T>(DeploymentContext context, IEnumerable<T> outputs)
        where T : class
    {
        foreach (var output in outputs)
            Write(context, output);
    }

    private string? Folder => Root is null ? null : LocalPath(Root);

    private DeploymentContext Open(Origin chosen)
    {
        if (!_opened.TryGetValue(chosen, out var context))
            _opened[chosen] = context = Run(() => Composition.Open(chosen.Deployment, chosen.Root));
        return context;
    }
}
