using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Restoring.Guarding;

/// <summary>The guard of one restore, as its transaction sees it: armed before anything changes, disarmed when the restore goes back by itself.</summary>
internal sealed class GuardArming(DeploymentContext context, RestoreOptions options)
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether the caller wants one.</summary>
    internal bool IsWanted => options.ConfirmWithin is not null;

    /// <summary>Until when the restore has to be confirmed, by the last note; null without a guard.</summary>
    internal DateTimeOffset? ByUtc { get; private set; }

    /// <summary>Refuses a restore whose guard could not be started, as far as one look can tell.</summary>
    /// <exception cref="HxException"><see cref="GuardErrors.Unavailable"/>.</exception>
    internal void RequireProgram()
    {
        if (IsWanted && (context.HxopsCommand.IsEmpty || !File.Exists(context.HxopsCommand[0])))
        {
            var program = context.HxopsCommand is [var first, ..] ? first : "hxops";
            throw new HxException(GuardErrors.Unavailable, program, $"There is no {program} to guard the restore with.");
        }

        if (IsWanted && (File.GetUnixFileMode(context.HxopsCommand[0]) & Executable) == 0)
        {
            // What unpacks a package without the modes in it leaves every program so.
            var program = context.HxopsCommand[0];
            throw new HxException(GuardErrors.Unavailable, program, $"{program} has to guard the restore and is not executable: chmod +x {program}");
        }
    }

    /// <summary>Notes the guard durably, and has it woken in time, whatever becomes of this process. The time counts from here, should the restore not come to its end.</summary>
    /// <exception cref="HxException"><see cref="GuardErrors.Unavailable"/>; or the note could not be written.</exception>
    internal async Task ArmAsync(string id, CancellationToken cancellation)
    {
        ByUtc = Note(id);
        try
        {
            await GuardKeeperSelector.For(context).SetAsync(id, options.ConfirmWithin!.Value, cancellation);
        }
        catch (HxException cause) when (cause.Id != GuardErrors.Unavailable)
        {
            throw new HxException(GuardErrors.Unavailable, context.HxopsCommand[0], $"The guard of the restore cannot be started: {cause.Message}", cause);
        }
    }

    /// <summary>The restore ends: from here the time counts anew. Where that cannot be noted, the time from the arming stays.</summary>
    internal void Renew(string id, IProgress<HxEvent> events)
    {
        try
        {
            if (IsWanted)
                ByUtc = Note(id);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(failure.Id.Name, $"The time to confirm {id} counts from its beginning: {failure.Message}", failure.Target));
        }
    }

    /// <summary>Ends what was armed; nothing armed is as good.</summary>
    internal Task DisarmAsync(string id) =>
        IsWanted && id.Length > 0 ? GuardKeeperSelector.For(context).CancelAsync(id, CancellationToken.None) : Task.CompletedTask;

    private DateTimeOffset Note(string id) =>
        new GuardLedger(context).NoteSet(id, options.ConfirmWithin!.Value, options.Switches.HasFlag(RestoreSwitches.NoServices));
}
