using HxOps.Errors;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Asks for approvals at the terminal.</summary>
internal sealed class TerminalApprover(Call call) : IApprover
{
    /// <inheritdoc/>
    public Task<Approval> AskAsync(string role, string question, CancellationToken cancellation)
    {
        try
        {
            call.Confirm($"{role}: {question}?", role, agreed: false);
            return Task.FromResult(new Approval(true, Environment.UserName));
        }
        catch (HxException refusal) when (refusal.Id == CommonErrors.NotConfirmed)
        {
            return Task.FromResult(new Approval(false, Environment.UserName));
        }
    }
}
