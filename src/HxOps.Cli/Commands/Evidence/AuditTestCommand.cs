using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Evidence;

/// <summary>Proves the audit log.</summary>
internal sealed class AuditTestCommand(CommandHost host)
    : VerbCommand(host, "test", "Prove the audit log: name every line that was edited or deleted.", "hxops audit test")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var report = new AuditLog(call.Context).Prove();
        call.Write(report, HxJson.Output.AuditReport, EvidenceViews.Proof);
        return Task.FromResult(report.Passed ? ExitCode.Done : ExitCode.VerificationFailed);
    }
}
