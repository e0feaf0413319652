using System.Collections;
using System.Management.Automation;
using HxOps.Completion;
using HxOps.Errors;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Pipeline;

/// <summary>A command that works on a feature flag or a kill switch, found by a plan or by its address.</summary>
public abstract class HxSwitchCommand : HxSubjectCommand
{
    /// <summary>The plan that names the switch: its file, or the name of a shipped one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlanCompleter))]
    public string? Plan { get; set; }

    /// <summary>Values to set over those of the plan.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Value { get; set; } = [];

    /// <summary>The address of the switch, instead of a plan.</summary>
    [Parameter]
    [ValidateAddress]
    public Uri? Url { get; set; }

    /// <summary>The plan that the user chose, or the pipeline, or the one that is meant without.</summary>
    private protected RollbackPlan ReadChosen(string otherwise) => ReadPlan(Named(Plan, OutputName.Plan) ?? otherwise, Value);

    /// <summary>Refuses a switch that no more than a default led to, when the pipeline brings another one.</summary>
    private protected void Demand(Uri found, OutputName name)
    {
        if (Plan is null && name.In(InputObject) is { } piped && piped != Shown(found))
            throw Unclear(piped, $"The piped switch is at {piped}, and the one that is found here at {Shown(found)}.");
    }

    /// <summary>An address as it may be shown: without query and credentials.</summary>
    private protected static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private protected static HxException Unclear(string target, string message) => new(SwitchErrors.Unclear, target, message + " Nothing was asked and nothing was changed.");
}
