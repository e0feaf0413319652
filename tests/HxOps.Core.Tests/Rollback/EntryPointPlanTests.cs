using System.Collections.Immutable;
using HxOps.Rollback.Checking;
using HxOps.Rollback.Plans;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

/// <summary>The shipped plan gateway-entry-point as it reads; how it runs is shown on a real systemd.</summary>
public sealed class EntryPointPlanTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Behaviour", "E-08"), Trait("Behaviour", "E-09"), Trait("Behaviour", "E-15"), Trait("Behaviour", "E-17")]
    public async Task E_08_E_09_E_15_E_17_the_plan_asks_port_4010_at_health_with_the_key_and_wants_a_real_configuration_file()
    {
        var context = EntryPointDeployment.At(_folder.Path, 4010);
        var plan = Read(context, []);
        File.WriteAllText(_folder["config.yaml"], "");
        var mended = Read(context, new() { ["config"] = "/config.yaml", ["expected"] = "204" });

        var health = mended.Scenarios[0].Steps.Select(step => step.Action).OfType<HttpAction>().Single();
        Assert.Equal(("http://127.0.0.1:4010/health", "wrapperKey", 204), (health.Request.Url.AbsoluteUri, health.Request.Secret, health.Expect.Status));
        var inspector = new PlanInspector(context);
        Assert.Contains(await inspector.InspectAsync(plan, CancellationToken.None), finding => finding is { Id: "FileMissing", Place: "previous/drop-in" } && finding.Message.Contains("/path/to/your/config.yaml", StringComparison.Ordinal));
        Assert.DoesNotContain(await inspector.InspectAsync(mended, CancellationToken.None), finding => finding.Severity == PlanSeverity.Error);
    }

    private static RollbackPlan Read(DeploymentContext context, Dictionary<string, string> values) =>
        new PlanReader(context.Codecs.Yaml).Read(Repository.File("src", "plans", "gateway-entry-point.yaml"), values.ToImmutableSortedDictionary());
}
