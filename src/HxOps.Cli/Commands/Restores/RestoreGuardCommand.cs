using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring.Guarding;

namespace HxOps.Cli.Commands.Restores;

/// <summary>The dead man's guard: started by a restore that has to be confirmed, and by a unit at boot.</summary>
internal sealed class RestoreGuardCommand : VerbCommand
{
    private readonly Argument<string?> _id;

    public RestoreGuardCommand(CommandHost host)
        : base(host, "guard", "Wait until a restore is confirmed, and undo it when its time has passed.", "hxops restore guard")
    {
        Add(_id = RestoreArguments.Awaited(host, "The restore to guard. Default: whatever awaits its confirmation."));
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.TellSteps();
        var guarded = await new RestoreGuard(call.Context).WatchAsync(call.Get(_id), call.Events, cancellation);
        call.Write(guarded, HxJson.Output.ImmutableArrayRestoreInfo, RestoreViews.Guarded);
        return ExitCode.Done;
    }
}
