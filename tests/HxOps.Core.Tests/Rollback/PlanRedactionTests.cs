using HxOps.Rollback.Plans;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class PlanRedactionTests : IDisposable
{
    private const string Stop = "      - { name: down, budget: 5s, action: { do: compose, folder: ., verb: stop } }\n";

    private readonly PlanFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("services: { a: { environment: { API_KEY: planted-4711 } } }")]
    [InlineData("services: { a: { environment: [API_KEY=planted-4711] } }")]
    [InlineData("services: { a: { env_file: conf/a.variables } }")]
    [InlineData("services: { a: { env_file: [conf/a.variables] } }")]
    [InlineData("services: { a: { env_file: [{ path: conf/a.variables, required: false }] } }")]
    public void What_a_compose_file_gives_its_containers_as_a_secret_is_taken_out(string compose)
    {
        File.WriteAllText(_fixture["docker-compose.yml"], compose);
        Directory.CreateDirectory(_fixture["conf"]);
        File.WriteAllText(_fixture["conf/a.variables"], "API_KEY=planted-4711\nMODE=production\n");

        Assert.Equal("the hub got [redacted] in production", Redact("the hub got planted-4711 in production"));
    }

    [Fact]
    public void Each_line_of_a_private_key_is_taken_out()
    {
        File.WriteAllText(_fixture[".env"], "TLS=\"-----BEGIN KEY\nMIIEvQIBADAN/0=\n-----END KEY\"\n");

        Assert.Equal("bad PEM line: [redacted]", Redact("bad PEM line: MIIEvQIBADAN/0="));
    }

    [Fact]
    public void A_compose_file_that_is_none_is_no_failure()
    {
        File.WriteAllText(_fixture["compose.yaml"], "services: [");

        Assert.Equal("all well", Redact("all well"));
    }

    private string Redact(string text) => PlanRedaction.For(_fixture.Context, _fixture.Plan(Stop)).Redact(text);
}
