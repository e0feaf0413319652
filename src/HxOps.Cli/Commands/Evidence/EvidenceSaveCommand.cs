using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Evidence;

/// <summary>Saves evidence.</summary>
internal sealed class EvidenceSaveCommand : VerbCommand
{
    private readonly Option<string?> _plan = new("--plan") { HelpName = "PLAN", Description = "Also what this plan is about: its containers, work trees and addresses." };
    private readonly Option<string[]> _values = PlanArguments.Values();
    private readonly Option<string?> _note = new("--note") { HelpName = "TEXT", Description = "What the evidence is for." };
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public EvidenceSaveCommand(CommandHost host)
        : base(host, "save", "Save what can be seen of the deployment: units, logs, containers, metrics, work trees.", "hxops evidence save --note 'before the rollback'")
    {
        foreach (var option in new Option[] { _plan, _values, _note, _whatIf })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = (call.Get(_plan) is { } plan ? EvidenceRequest.Of(call.ReadPlan(plan, _values), call.Context) : new EvidenceRequest()) with { Note = call.Get(_note) ?? "" };
        if (call.Get(_whatIf))
            return call.Preview([.. request.Describe(call.Context)]);

        call.Write(await new EvidenceCollector(call.Context).SaveAsync(request, call.Events, cancellation), HxJson.Output.EvidenceInfo, EvidenceViews.Saved);
        return ExitCode.Done;
    }
}
