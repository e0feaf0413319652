using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.Rehearsing;

namespace HxOps.Commands;

/// <summary>Set-HxEntryPoint: makes the gateway's unit run another entry point, and proves it.</summary>
[Cmdlet(VerbsCommon.Set, "HxEntryPoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EntryPointResult), typeof(RehearsalReport))]
public sealed class SetHxEntryPointCommand : HxSubjectCommand
{
    /// <summary>Id of the entry point; without it, the newest that differs from the live one.</summary>
    [Parameter(Position = 0)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EntryPointCompleter))]
    public string? Source { get; set; }

    /// <summary>Configuration file given to the program in place of the recorded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>Where its health is asked.</summary>
    [Parameter]
    [ValidatePattern("^/")]
    public string? HealthPath { get; set; }

    /// <summary>Environment variable with the key that its health is asked with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyVariable { get; set; }

    /// <summary>Status code that its health must answer with.</summary>
    [Parameter]
    [ValidateRange(100, 599)]
    public int? ExpectedStatus { get; set; }

    /// <summary>How long it may take to be proven healthy.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? Budget { get; set; }

    /// <summary>Carries it out in a sandbox first, and for real only when that proves it.</summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var change = new EntryPointSwitch(context);
        if (change.IsInterrupted && Agree("Take an interrupted change of the entry point back", []))
            Run((events, _) => change.RecoverAsync(events));

        var plan = Run((events, stop) => new EntryPointPlanner(context).PlanAsync(Request, events, stop));
        var rehearsal = Rehearse ? new EntryPointRehearsal(context, StandInProcess.CommandOf) : null;
        var lines = plan.Describe();
        if (Agree(lines[0], lines.Skip(1)))
            Tell(context, Run((events, stop) => change.RunAsync(plan, rehearsal, events, stop)));
        else if (rehearsal is not null && IsPreview)
            Write(context, Run((events, stop) => rehearsal.RunAsync(plan, events, stop)));
    }

    private void Tell(DeploymentContext context, EntryPointResult result)
    {
        Write(context, result);
        if (EntryPointOutcomeErrors.Of(result) is { } failure)
            Report(failure);
    }

    private EntryPointRequest Request => new()
    {
        Source = Named(Source, OutputName.EntryPoint),
        ConfigurationPath = ConfigurationPath,
        HealthPath = HealthPath,
        KeyVariable = KeyVariable,
        ExpectedStatus = ExpectedStatus,
        Budget = Budget,
    };
}
