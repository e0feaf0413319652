using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>Warns when a run has lasted so long that somebody else must be called in, and when it passes its target.</summary>
internal sealed class EscalationWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ITimer> _timers = [];
    private bool _isOver;

    /// <param name="plan">The plan with its levels.</param>
    /// <param name="age">How long ago the run began, interruptions included: those who wait do not care.</param>
    /// <param name="clock">The time.</param>
    /// <param name="events">Takes the warnings.</param>
    public EscalationWatch(RollbackPlan plan, TimeSpan age, TimeProvider clock, IProgress<HxEvent> events)
    {
        foreach (var level in plan.Escalation.Where(level => level.After > TimeSpan.Zero))
        {
            Add(level.After, () => events.Report(new WarningEvent("Escalation", Text(plan, level), level.Name)));
        }

        Add(plan.Target, () => events.Report(new WarningEvent("TargetPassed",
            $"The rollback has passed its target of {plan.Target.TotalMinutes:0.#} minutes and goes on.", plan.Name)));

        void Add(TimeSpan after, Action warn) =>
            _timers.Add(clock.CreateTimer(_ => Warn(warn), null, after > age ? after - age : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Ends the watch: no warning comes after this returns, when whoever takes warnings may have gone.</summary>
    public void Dispose()
    {
        _timers.ForEach(timer => timer.Dispose());
        lock (_gate)
        {
            _isOver = true;
        }
    }

    private void Warn(Action warn)
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                warn();
            }
        }
    }

    private static string Text(RollbackPlan plan, EscalationLevel level)
    {
        var contacts = plan.Contacts.Where(contact => level.Contacts.Contains(contact.Role)).Select(contact => $"{contact.Role} ({contact.Reach})").ToList();
        var whom = contacts.Count == 0 ? level.Name : $"{level.Name}: call {string.Join(", ", contacts)}";
        var time = level.After.TotalMinutes >= 1 ? $"{level.After.TotalMinutes:0.#} minutes" : $"{level.After.TotalSeconds:0.#} seconds";
        return $"The rollback has lasted {time}. {whom}.{(level.Tools.Length == 0 ? "" : $" Tools: {level.Tools}.")}";
    }
}
