using System.CommandLine;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Proves that a checkpoint is whole.</summary>
internal sealed class CheckpointTestCommand : VerbCommand
{
    private readonly Argument<string?> _archive;
    private readonly Option<bool> _drill = Switches.Of("--drill", "Also extract to a scratch folder, hash again and validate the configuration.");

    public CheckpointTestCommand(CommandHost host)
        : base(host, "test", "Verify a whole checkpoint in one pass, without writing.",
            "hxops checkpoint test", "hxops checkpoint test gw-checkpoint-20250818T175013Z --drill")
    {
        _archive = Archives.Optional(host);
        Add(_archive);
        Add(_drill);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var checkpoint = new CheckpointCatalog(call.Context).Find(call.Get(_archive));
        var verifier = new CheckpointVerifier(call.Context);
        var verification = call.Get(_drill)
            ? await verifier.DrillAsync(checkpoint, call.Events, cancellation)
            : await verifier.VerifyAsync(checkpoint, call.Events, cancellation);
        call.Write(verification, HxJson.Output.CheckpointVerification, CheckpointViews.Verified);
        return verification.Passed ? ExitCode.Done : ExitCode.VerificationFailed;
    }
}
