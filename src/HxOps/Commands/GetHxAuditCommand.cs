using System.Management.Automation;
using HxOps.Evidence;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Get-HxAudit: what was done to a deployment, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxAudit")]
[OutputType(typeof(AuditEntry))]
public sealed class GetHxAuditCommand : HxSubjectCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        WriteAll(context, Run(() => new AuditLog(context).Read()));
    }
}
