using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Evidence;

/// <summary>Lists the audit log.</summary>
internal sealed class AuditListCommand(CommandHost host)
    : VerbCommand(host, "list", "List who did what to the deployment, oldest first.", "hxops audit list")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new AuditLog(call.Context).Read(), HxJson.Output.ImmutableArrayAuditEntry, EvidenceViews.Log);
        return Task.FromResult(ExitCode.Done);
    }
}
