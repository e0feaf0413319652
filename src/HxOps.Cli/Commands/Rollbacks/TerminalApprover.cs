using HxOps.Errors;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Asks for approvals at the terminal.</summary>
internal sealed class TerminalApprover(Call call) : IApprover
{
    /// <inheritdoc/>
    public async Task<Approval> AskAsync(string role, string question, CancellationToken cancellation)
    {
        try
        {
            await call.ConfirmAsync($"{role}: {question}?", role, agreed: false, cancellation);
            return new Approval(true, Environment.UserName);
        }
        catch (HxException refusal) when (refusal.Id == CommonErrors.NotConfirmed)
        {
            return new Approval(false, Environment.UserName);
        }
    }
}
