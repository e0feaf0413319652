using System.Globalization;
using System.Management.Automation;
using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>Gives events to PowerShell's streams: verbose, warning and, for what takes more than a second, progress.</summary>
internal sealed class EventWriter(PSCmdlet command, TimeProvider clock) : IEventWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static int s_lastActivity;
    private readonly Dictionary<string, ShownActivity> _activities = [];

    /// <inheritdoc/>
    public void Write(HxEvent reported)
    {
        switch (reported)
        {
            case ProgressEvent progress:
                Show(progress);
                break;
            case ProgressFinishedEvent finished:
                End(finished.Activity);
                break;
            case StepEvent step:
                command.WriteVerbose(Describe(step));
                break;
            case WarningEvent warning:
                command.WriteWarning(warning.Message);
                break;
            case QuestionEvent question:
                question.Answer.TrySetResult(Ask(question));
                break;
            case DetailEvent detail:
                command.WriteVerbose(detail.Message);
                break;
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        try
        {
            foreach (var activity in _activities.Keys.ToList())
                End(activity);
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline takes no more records, and has taken the bars away by itself.
        }
    }

    // A host that cannot ask has not agreed.
    private bool Ask(QuestionEvent question)
    {
        try
        {
            return new Asking(command).IsPossible && command.ShouldContinue(question.Text, question.Role);
        }
        catch (Exception refusal) when (refusal is not (PipelineStoppedException or ActionPreferenceStopException))
        {
            return false;
        }
    }

    private static string Describe(StepEvent step) => step.State switch
    {
        StepState.Started => step.Name,
        StepState.Succeeded => $"{step.Name}: done in {step.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s",
        StepState.Skipped => $"{step.Name}: not needed",
        _ => $"{step.Name}: failed after {step.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s",
    };

    private void Show(ProgressEvent progress)
    {
        if (!_activities.TryGetValue(progress.Activity, out var activity))
            _activities[progress.Activity] = activity = new ShownActivity(Interlocked.Increment(ref s_lastActivity), clock.GetTimestamp());

        if (clock.GetElapsedTime(activity.Begun) < Patience)
            return;

        activity.IsShown = true;
        command.WriteProgress(new ProgressRecord(activity.Number, progress.Activity, progress.Status.Length > 0 ? progress.Status : " ")
        {
            PercentComplete = progress.Total is > 0 and var total ? (int)Math.Clamp(100 * progress.Done / total, 0, 100) : -1,
        });
    }

    private void End(string name)
    {
        if (!_activities.Remove(name, out var activity) || !activity.IsShown)
            return;

        command.WriteProgress(new ProgressRecord(activity.Number, name, " ") { RecordType = ProgressRecordType.Completed });
    }

    private sealed class ShownActivity(int number, long begun)
    {
        public int Number => number;

        public long Begun => begun;

        public bool IsShown { get; set; }
    }
}
