using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring;

namespace HxOps.Cli.Commands.Restores;

/// <summary>Ends what an interrupted restore left.</summary>
internal sealed class RestoreRepairCommand : VerbCommand
{
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public RestoreRepairCommand(CommandHost host)
        : base(host, "repair", "Bring what an interrupted restore left to one of its two ends.", "hxops restore repair --yes")
    {
        Add(_whatIf);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var interrupted = Interrupted(call);
        if (interrupted.IsEmpty || call.Get(_whatIf))
        {
            call.Write(interrupted, HxJson.Output.ImmutableArrayRestoreInfo, RestoreViews.ToRepair);
            return ExitCode.Done;
        }

        if (!call.Get(_yes))
        {
            foreach (var restore in interrupted)
                call.Tell(RestoreRepairer.Plan(restore));
            await call.ConfirmAsync($"Repair {Amounts.Count(interrupted.Length, "interrupted restore")}?", interrupted[0].Id, agreed: false, cancellation);
        }

        call.TellSteps();
        var repaired = await new RestoreRepairer(call.Context).RepairAsync(call.Events, cancellation);
        call.Write(repaired, HxJson.Output.ImmutableArrayRestoreInfo, RestoreViews.Repaired);
        var failures = repaired.Select(RestoreOutcomeErrors.Of).OfType<HxException>().ToList();
        foreach (var failure in failures)
            call.Tell($"{failure.Message} {failure.Remedy}");
        return failures is [var first, ..] ? first.Id.ExitCode : ExitCode.Done;
    }

    private static ImmutableArray<RestoreInfo> Interrupted(Call call) =>
        new RestoreRepairer(call.Context).IsNeeded()
            ? [.. new RestoreCatalog(call.Context).List().Where(restore => restore.State == RestoreState.Interrupted)]
            : [];
}
