using System.CommandLine;
using HxOps.Errors;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Goes on with an interrupted run.</summary>
internal sealed class RollbackResumeCommand : VerbCommand
{
    private readonly Argument<string?> _id;
    private readonly Option<DoubtRule> _inDoubt = new("--in-doubt")
    {
        HelpName = "ask|repeat|skip",
        Description = "What to do with a step of which nothing tells whether it has happened. Default: ask, which stops there.",
    };

    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public RollbackResumeCommand(CommandHost host)
        : base(host, "resume", "Go on with an interrupted rollback: what was done stays done, the rest is done once.", "hxops rollback resume --yes")
    {
        Add(_id = RunArguments.Optional(host, "The run to resume. Default: the newest interrupted one."));
        foreach (var option in new Option[] { _inDoubt, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var id = call.Get(_id);
        var preview = new PlanRunner(call.Context, new TerminalApprover(call)).DescribeResume(id);
        return call.Get(_whatIf)
            ? call.Preview(preview)
            : await RollbackFlow.RunAsync(call, preview, id ?? preview[0], call.Get(_yes), approver => new PlanRunner(call.Context, approver).ResumeAsync(id, call.Get(_inDoubt), call.Events, cancellation), cancellation);
    }
}
