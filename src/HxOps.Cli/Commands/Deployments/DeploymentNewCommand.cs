using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Deployments;

/// <summary>Writes a deployment file to start from.</summary>
internal sealed class DeploymentNewCommand : VerbCommand
{
    private readonly Argument<string> _file = new("PATH") { Description = "The file to write; it must not exist yet." };
    private readonly Option<string> _name = new("--name") { Description = "Name of the deployment.", HelpName = "NAME", Required = true };
    private readonly Option<string> _folder = new("--folder") { Description = "The folder that the gateway lies in.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public DeploymentNewCommand(CommandHost host)
        : base(host, "new", "Write a deployment file to start from: the shipped one, comments included.",
            "hxops deployment new ./gateway.yaml --name my-gateway --folder /opt/gateway")
    {
        Add(_file);
        Add(_name);
        Add(_folder);
        Add(_whatIf);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var draft = new DeploymentDraft(Path.GetFullPath(call.Get(_file)!), call.Get(_name)!, call.Get(_folder)!);
        var scaffold = call.Deployments.Scaffold();
        if (call.Get(_whatIf))
        {
            scaffold.Plan(draft);
            return Task.FromResult(call.Preview([.. draft.Describe()]));
        }

        var deployment = scaffold.Write(draft);
        call.Write(DeploymentSummary.Of(deployment), HxJson.Output.DeploymentSummary, DeploymentViews.Summary);
        return Task.FromResult(ExitCode.Done);
    }
}
