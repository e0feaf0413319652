using System.Collections;
using System.Management.Automation;
using HxOps.Completion;

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
    [ValidateNotNull]
    public Uri? Url { get; set; }
}
