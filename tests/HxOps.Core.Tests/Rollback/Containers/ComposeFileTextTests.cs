using HxOps.Codecs;
using HxOps.Errors;
using HxOps.Rollback.Containers;
using HxOps.Rollback.Running;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Rollback.Containers;

public sealed class ComposeFileTextTests
{
    private const string Compose = "# the pilot: gateway:latest\r\nservices:\n  gateway:   # first\n    image: scenario-gateway:latest   # was :latest for long\n    build: .\n"
        + "  engine: { image: \"registry:5000/scenario-engine:latest\", restart: always }\n  jobs:\n    image: 'scenario-jobs@sha256:0123'\n  prometheus:\n    image: prom/prometheus:latest\n";

    [Fact]
    [Trait("Behaviour", "P-14")]
    public void Only_the_tag_of_the_named_service_changes()
    {
        var text = With(With(With(Compose, "gateway"), "engine"), "jobs");

        var wanted = Compose
            .Replace("image: scenario-gateway:latest", "image: scenario-gateway:v1.0.0", StringComparison.Ordinal)
            .Replace("scenario-engine:latest", "scenario-engine:v1.0.0", StringComparison.Ordinal)
            .Replace("scenario-jobs@sha256:0123", "scenario-jobs:v1.0.0", StringComparison.Ordinal);
        Assert.Equal(wanted, text);
    }

    [Theory]
    [InlineData("services:\n  gateway:\n    image: ${IMAGE:-scenario-gateway:latest}\n")]
    [InlineData("x: &image scenario-gateway:latest\nservices:\n  gateway:\n    image: *image\n  engine:\n    image: *image\n")]
    [InlineData("services:\n  gateway:\n    image: >-\n      scenario-gateway:latest\n")]
    [InlineData("services:\n  gateway:\n    image: \"scenario\\x2dgateway:latest\"\n")]
    public void An_image_that_is_not_written_where_it_stands_is_refused(string text) =>
        Assert.Equal(ContainerErrors.ComposeFileUnfit, Assert.Throws<HxException>(() => With(text, "gateway")).Id);

    [Fact]
    public void A_service_without_an_image_is_refused() =>
        Assert.Contains("gives no image to a service 'nothing'", Assert.Throws<HxException>(() => With(Compose, "nothing")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_image_that_several_services_share_is_changed_only_for_all_of_them()
    {
        const string Shared = "x-common: &common\n  image: scenario-gateway:latest\nservices:\n  gateway:\n    <<: *common\n  monitoring:\n    <<: *common\n";

        var refusal = Assert.Throws<HxException>(() => With(Shared, "gateway"));

        Assert.Equal(ContainerErrors.ComposeFileUnfit, refusal.Id);
        Assert.Contains("the image of 'monitoring'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Shared.Replace(":latest", ":v1.0.0", StringComparison.Ordinal), With(Shared, "gateway", "monitoring"));
    }

    [Fact]
    [Trait("Behaviour", "T-06")]
    public async Task A_step_writes_the_tag_without_sed_and_a_failed_run_puts_the_file_back()
    {
        using var fixture = new PlanFixture();
        const string Tag = "      - { name: tag, budget: 5s, action: { do: compose, folder: ., files: [docker-compose.poc.yml], verb: tag, services: [gateway], tag: v1.0.0 } }\n";
        File.WriteAllText(fixture["docker-compose.poc.yml"], Compose);
        File.SetUnixFileMode(fixture["docker-compose.poc.yml"], (UnixFileMode)0x1A0);

        Assert.Equal(RunOutcome.RolledBack, (await fixture.RunAsync(fixture.Plan(Tag + PlanFixture.Step("bad", "fail")))).Outcome);
        Assert.Equal(Compose, File.ReadAllText(fixture["docker-compose.poc.yml"]));

        Assert.Equal(RunOutcome.Succeeded, (await fixture.RunAsync(fixture.Plan(Tag))).Outcome);
        Assert.Equal(With(Compose, "gateway"), File.ReadAllText(fixture["docker-compose.poc.yml"]));
        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(fixture["docker-compose.poc.yml"]));
    }

    [SkippableTheory]
    [InlineData("services: { a: { image: 'x:1' }, b: { extends: a } }")]
    [InlineData("include: [other.yml]\nservices: { a: { image: 'x:1' } }")]
    public async Task Without_compose_a_file_whose_services_take_over_from_others_is_refused(string text)
    {
        using var fixture = new PlanFixture();
        const string Tag = "      - { name: tag, budget: 5s, action: { do: compose, folder: ., files: [c.yml], verb: tag, services: [a], tag: v2 } }\n";
        File.WriteAllText(fixture["c.yml"], text);
        Skip.If(await WorksAsync("docker", "compose", "version") || await WorksAsync("docker-compose", "version"), "there is compose here");

        var result = await fixture.RunAsync(fixture.Plan(Tag));

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Contains("takes services over from others", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(fixture["c.yml"]));
    }

    private static async Task<bool> WorksAsync(string program, params string[] arguments)
    {
        try
        {
            return (await new ProcessRunner().RunAsync(new ToolCommand(program, arguments), CancellationToken.None)).Succeeded;
        }
        catch (HxException missing) when (missing.Id == ToolErrors.Missing)
        {
            return false;
        }
    }

    private static string With(string text, params string[] services) => new ComposeFileText(CodecFactory.Create().Yaml, text, "c.yml").WithTag([.. services], "v1.0.0");
}
