using System.Management.Automation;
using HxOps.Evidence;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Save-HxEvidence: saves what can be seen of a deployment before somebody changes it.</summary>
[Cmdlet(VerbsData.Save, "HxEvidence", SupportsShouldProcess = true)]
[OutputType(typeof(EvidenceInfo))]
public sealed class SaveHxEvidenceCommand : HxPlanCommand
{
    /// <summary>What the evidence is for.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Note { get; set; } = "";

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var request = (Chosen is { } chosen ? EvidenceRequest.Of(ReadPlan(chosen), context) : new EvidenceRequest()) with { Note = Note };
        if (Agree("Save evidence", request.Describe(context)))
            Write(context, Run((events, stop) => new EvidenceCollector(context).SaveAsync(request, events, stop)));
    }
}
