using HxOps.Reporting;
using HxOps.Rollback.Running;

namespace HxOps.Pipeline;

/// <summary>Asks for approvals where the command runs.</summary>
/// <param name="events">Takes the questions to the pipeline's thread.</param>
internal sealed class PipelineApprover(IProgress<HxEvent> events) : IApprover
{
    /// <inheritdoc/>
    public async Task<Approval> AskAsync(string role, string question, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        events.Report(new QuestionEvent(role, question, answer));
        return new Approval(await answer.Task.WaitAsync(cancellation), Environment.UserName);
    }
}
