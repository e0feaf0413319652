using System.Net;
using System.Net.Sockets;
using HxOps.Gateway;
using HxOps.Restoring;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class CheckpointStepTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly TcpListener _gateway = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_plan_takes_a_checkpoint_and_restores_it_under_its_own_lock()
    {
        _gateway.Start();
        var probe = new PortProbe("127.0.0.1", ((IPEndPoint)_gateway.LocalEndpoint).Port)
        {
            Name = "port",
            Importance = Importance.Required,
            Layer = GatewayLayer.Host,
            Deadline = TimeSpan.FromSeconds(5),
        };
        var bare = TreeDeployment.At(_folder.Path);
        var context = bare with { Deployment = bare.Deployment with { Probes = [probe] } };
        var file = context.Root.Locate(TreeDeployment.Tree + "/config.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "good");
        var plan = new PlanReader(context.Codecs.Yaml).Read(PlanFixture.Text($$"""
                  - { name: keep, budget: 1m, action: { do: checkpoint } }
                  - { name: break, budget: 1m, action: { do: write-file, file: {{TreeDeployment.Tree}}/config.yaml, content: broken } }
                  - { name: restore, budget: 1m, action: { do: restore } }
            """), "plan.yaml");

        var result = await new PlanRunner(context, new AgreedBeforehand("a test")).RunAsync(plan, null, new EventLog(), CancellationToken.None);

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Equal("good", File.ReadAllText(file));
        Assert.Equal(RestoreState.Restored, Assert.Single(new RestoreCatalog(context).List()).State);
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _folder.Dispose();
    }
}
