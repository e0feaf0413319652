using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Removes old checkpoints.</summary>
internal sealed class CheckpointRemoveCommand : VerbCommand
{
    private readonly Argument<string[]> _archives;
    private readonly Option<int?> _keep = Number("--keep", "Keep the newest N of each kind. Default: what the deployment says.");
    private readonly Option<int?> _daily = Number("--keep-daily", "Keep the newest of each of N days.");
    private readonly Option<int?> _weekly = Number("--keep-weekly", "Keep the newest of each of N weeks.");
    private readonly Option<int?> _monthly = Number("--keep-monthly", "Keep the newest of each of N months.");
    private readonly Option<TimeSpan?> _within = new("--keep-within")
    {
        Description = "Keep all that are younger, such as 36h, 14d or 8w.",
        HelpName = "SPAN",
        CustomParser = SpanArgument.Parse,
    };

    private readonly Option<bool> _uncopied = Switches.Of("--keep-uncopied", "Keep all that were copied nowhere else, besides what other rules keep.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public CheckpointRemoveCommand(CommandHost host)
        : base(host, "remove", "Remove checkpoints that no rule keeps; the newest, pinned, known-good and used ones always stay.",
            "hxops checkpoint remove --keep 5 --what-if", "hxops checkpoint remove --keep-daily 7 --keep-weekly 4 --yes")
    {
        _archives = Archives.Many(host);
        Add(_archives);
        foreach (var option in new Option[] { _keep, _daily, _weekly, _monthly, _within, _uncopied, _whatIf, _yes })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_archives)?.Tokens.Count > 0 && new Option[] { _keep, _daily, _weekly, _monthly, _within, _uncopied }.Any(option => result.GetResult(option) is not null))
                result.AddError("Name checkpoints or give rules, not both.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var pruner = new CheckpointPruner(call.Context);
        if (call.Get(_whatIf))
        {
            Report(call, Decide(call, pruner));
            return ExitCode.Done;
        }

        using var lease = call.Lock("removing checkpoints");
        var decisions = Decide(call, pruner);
        var leaving = decisions.Where(decision => !decision.Keep).ToList();
        if (leaving.Count > 0 && !call.Get(_yes))
        {
            foreach (var decision in leaving)
                call.Tell($"remove {decision.Id} ({decision.Reason})");
            await call.ConfirmAsync($"Remove {Amounts.Count(leaving.Count, "checkpoint")}?", string.Join(" ", leaving.Select(decision => decision.Id)), agreed: false, cancellation);
        }

        foreach (var decision in leaving)
        {
            cancellation.ThrowIfCancellationRequested();
            pruner.Remove(decision, lease);
        }

        Report(call, decisions);
        return ExitCode.Done;
    }

    private ImmutableArray<RetentionDecision> Decide(Call call, CheckpointPruner pruner)
    {
        if (call.Get(_archives) is { Length: > 0 } names)
        {
            var catalog = new CheckpointCatalog(call.Context);
            return pruner.PlanRemoval([.. names.Select(catalog.Find)]);
        }

        var rules = new RetentionRules
        {
            Last = call.Get(_keep),
            Daily = call.Get(_daily) ?? 0,
            Weekly = call.Get(_weekly) ?? 0,
            Monthly = call.Get(_monthly) ?? 0,
            Within = call.Get(_within),
            Uncopied = call.Get(_uncopied),
        };
        return pruner.Plan(rules with { Uncopied = false } == new RetentionRules() ? rules with { Last = call.Context.Deployment.Backups.Keep } : rules);
    }

    private static void Report(Call call, ImmutableArray<RetentionDecision> decisions) =>
        call.Write(decisions, HxJson.Output.ImmutableArrayRetentionDecision, CheckpointViews.Retention);

    private static Option<int?> Number(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var number) && number >= 0))
                result.AddError($"{name} wants a whole number from 0 on, not '{result.Tokens[0].Value}'.");
        });
        return option;
    }
}
