using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>Warns when a run has lasted so long that somebody else must be called in, and when it passes its target.</summary>
internal sealed class EscalationWatch : IDisposable
{
    private readonly List<ITimer> _timers = [];

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
            _timers.Add(clock.CreateTimer(_ => warn(), null, after > age ? after - age : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    public void Dispose() => _timers.ForEach(timer => timer.Dispose());

    private static string Text(RollbackPlan plan, EscalationLevel level)
    {
        var contacts = plan.Contacts.Where(contact => level.Contacts.Contains(contact.Role)).Select(contact => $"{contact.Role} ({contact.Reach})").ToList();
        var whom = contacts.Count == 0 ? level.Name : $"{level.Name}: call {string.Join(", ", contacts)}";
        return $"The rollback has lasted {level.After.TotalMinutes:0.#} minutes. {whom}.{(level.Tools.Length == 0 ? "" : $" Tools: {level.Tools}.")}";
    }
}
