using System.Management.Automation;
using HxOps.Evidence;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxAudit: proves the audit log line by line.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxAudit")]
[OutputType(typeof(AuditReport))]
public sealed class TestHxAuditCommand : HxSubjectCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        Write(context, Run(() => new AuditLog(context).Prove()));
    }
}
