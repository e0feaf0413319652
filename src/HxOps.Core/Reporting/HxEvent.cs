namespace HxOps.Reporting;

/// <summary>
/// What Core has to tell while it works. A front end decides how to show it: Core itself never writes, asks or prints.
/// Events are raised on the thread that does the work; a receiver must be safe for that.
/// </summary>
public abstract record HxEvent;

/// <summary>How far a long activity has come.</summary>
/// <param name="Activity">What is being done, such as <c>Creating checkpoint</c>.</param>
/// <param name="Status">The item at hand, such as a file name.</param>
/// <param name="Done">Units finished so far.</param>
/// <param name="Total">Units in all, or null while that is unknown.</param>
/// <param name="Unit">What is counted.</param>
public sealed record ProgressEvent(string Activity, string Status, long Done, long? Total, ProgressUnit Unit) : HxEvent;

/// <summary>The end of an activity for which <see cref="ProgressEvent"/>s were raised.</summary>
/// <param name="Activity">The same text as in its progress events.</param>
public sealed record ProgressFinishedEvent(string Activity) : HxEvent;

/// <summary>A step that began or ended, for verbose output and for timelines.</summary>
/// <param name="Name">The step, in plain words.</param>
/// <param name="State">Whether it began, succeeded or failed.</param>
/// <param name="Elapsed">How long it took; zero when it begins.</param>
public sealed record StepEvent(string Name, StepState State, TimeSpan Elapsed) : HxEvent;

/// <summary>Something the operator should know although the operation goes on.</summary>
/// <param name="Id">PascalCase and stable, so that a script can tell warnings apart.</param>
/// <param name="Message">What was met and what is done about it.</param>
/// <param name="Target">The user's own value concerned.</param>
public sealed record WarningEvent(string Id, string Message, string Target) : HxEvent;

/// <summary>Detail for whoever asked for it (<c>-Verbose</c>, <c>--verbose</c>).</summary>
/// <param name="Message">One line.</param>
public sealed record DetailEvent(string Message) : HxEvent;

/// <summary>What a <see cref="ProgressEvent"/> counts.</summary>
public enum ProgressUnit
{
    /// <summary>Files or other items.</summary>
    Items,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Milliseconds out of a time limit.</summary>
    Milliseconds,
}

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>It has begun.</summary>
    Started,

    /// <summary>It ended as intended.</summary>
    Succeeded,

    /// <summary>It ended otherwise.</summary>
    Failed,

    /// <summary>It was not needed.</summary>
    Skipped,
}
