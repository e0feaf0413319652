using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>A question of running work, to be asked on the pipeline's thread.</summary>
/// <param name="Role">Who is asked.</param>
/// <param name="Text">To what.</param>
/// <param name="Answer">Takes the answer.</param>
internal sealed record QuestionEvent(string Role, string Text, TaskCompletionSource<bool> Answer) : HxEvent;
