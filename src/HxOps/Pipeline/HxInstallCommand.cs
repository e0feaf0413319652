using HxOps.Services.Installing;

namespace HxOps.Pipeline;

/// <summary>A command that puts the service on its machine or takes it off.</summary>
public abstract class HxInstallCommand : HxSubjectCommand
{
    /// <summary>What is wanted.</summary>
    private protected abstract InstallRequest Request { get; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var plan = Run(() => new ServicePlanner(context).Plan(Request));
        var lines = plan.Describe();
        if (plan.IsAlreadyThere || Agree(lines[0], lines.Skip(1)))
            Write(context, Run((events, stop) => new ServiceInstaller(context).RunAsync(plan, events, stop)));
    }
}
