using System.Collections.Immutable;
using HxOps.Codecs;
using HxOps.Errors;
using HxOps.Rollback.Plans;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class PlanReaderTests
{
    private const string Head = """
        format: 1
        name: sample
        description: A sample
        owner: Platform Team
        version: "1"
        root: /srv/sample
        target: 1m
        budget: 5m
        values: { site: "http://localhost:3001" }
        scenarios:
          - name: only
            budget: 2m
            steps:

        """;

    private static readonly PlanReader Reader = new(CodecFactory.Create().Yaml);

    [Fact]
    public void A_whole_step_is_read()
    {
        var plan = Read("""
                  - name: off
                    budget: 30s
                    attempts: 3
                    importance: wanted
                    on-failure: continue
                    action: { do: kill-switch, url: "${site}/admin/kill-switch", health: "${site}/healthz", turn: "on", reason: Emergency rollback }
                    else:
                      action: { do: compose, folder: pilot-deploy, files: [docker-compose.poc.yml], verb: down }
                    when: [{ see: file, file: pilot-deploy/.env.poc }]
                    observe: [{ see: http, url: "${site}/healthz", json: { status: disabled, count: 0, text: "0" } }]
                    undo: { do: kill-switch, url: "${site}/admin/kill-switch", health: "${site}/healthz", turn: "off" }
            """);

        var step = Assert.Single(Assert.Single(plan.Scenarios).Steps);
        Assert.Equal((TimeSpan.FromSeconds(30), 3, StepImportance.Wanted, FailureRule.Continue), (step.Budget, step.Attempts, step.Importance, step.OnFailure));
        var kill = Assert.IsType<KillSwitchAction>(step.Action);
        Assert.Equal(("http://localhost:3001/admin/kill-switch", SwitchPosition.On, "Emergency rollback"), (kill.Url.ToString(), kill.Position, kill.Reason));
        Assert.Equal(ComposeVerb.Down, Assert.IsType<ComposeAction>(step.Alternative!.Action).Verb);
        Assert.Equal("pilot-deploy/.env.poc", Assert.IsType<FileCondition>(Assert.Single(step.When)).File);
        var expected = Assert.IsType<HttpCondition>(Assert.Single(step.Observe)).Expect.Json;
        Assert.Equal((new JsonLiteral("disabled", true), new JsonLiteral("0", false), new JsonLiteral("0", true)), (expected["status"], expected["count"], expected["text"]));
        Assert.Equal(SwitchPosition.Off, Assert.IsType<KillSwitchAction>(step.Undo).Position);
    }

    [Fact]
    public void A_value_of_the_caller_replaces_that_of_the_plan_and_an_unknown_one_is_refused()
    {
        const string Step = "      - { name: look, budget: 5s, action: { do: http, url: \"${site}/x\" } }\n";
        var plan = Reader.Read(Head + Step, "p.yaml", ImmutableSortedDictionary<string, string>.Empty.Add("site", "http://127.0.0.1:9"));
        Assert.Equal(9, Assert.IsType<HttpAction>(plan.Scenarios[0].Steps[0].Action).Request.Url.Port);

        var error = Assert.Throws<HxException>(() => Reader.Read(Head + Step, "p.yaml", ImmutableSortedDictionary<string, string>.Empty.Add("sita", "x")));
        Assert.Equal(PlanErrors.ValueUnknown, error.Id);
        Assert.Contains("did you mean 'site'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("      - { name: a, budgt: 5s, action: { do: checkpoint } }", "p.yaml:14:", "did you mean")]
    [InlineData("      - { name: a, budget: 5s, action: { do: sevrice, unit: a.service, verb: stop } }", "p.yaml:14:", "did you mean 'service'")]
    [InlineData("      - { name: a, budget: 5s, action: { do: service, unit: a.service, verb: explode } }", "p.yaml:14:", "one of start, stop, restart")]
    [InlineData("      - { name: a, budget: 5s, action: { do: wait } }", "p.yaml:14:", "waits for nothing")]
    [InlineData("      - { name: a, budget: 3m, action: { do: checkpoint } }", "p.yaml:11:", "greater budget than its scenario")]
    [InlineData("      - { name: a, budget: 5, action: { do: checkpoint } }", "p.yaml:14:", "a time such as")]
    [InlineData("      - { name: A, budget: 5s, action: { do: checkpoint } }", "p.yaml:14:", "lower-case")]
    [InlineData("      - { name: a, budget: 5s, action: { do: checkpoint } }\n      - { name: a, budget: 5s, action: { do: checkpoint } }", "p.yaml:15:", "second time")]
    [InlineData("      - { name: a, budget: 5s, action: { do: announcement, text: nobody } }", "p.yaml:1:", "no announcement 'nobody'")]
    [InlineData("      - { name: a, budget: 5s, action: { do: git, folder: x, reference: --upload-pack=x } }", "p.yaml:14:", "hyphen")]
    [InlineData("      - { name: a, budget: 5s, action: { do: http, url: \"http://user:secret@host/\" } }", "p.yaml:14:", "credentials")]
    [InlineData("      - { name: a, budget: 5s, action: { do: http, url: \"${sote}/\" } }", "p.yaml:14:", "sote")]
    [InlineData("      - { name: a, budget: 5s, action: { do: compose, folder: x, verb: tag } }", "p.yaml:14:", "'tag'")]
    [InlineData("      []", "p.yaml:11:", "has no step")]
    public void What_does_not_follow_the_format_is_refused_with_its_place(string steps, string place, string words)
    {
        var error = Assert.Throws<HxException>(() => Read(steps));

        Assert.Equal(PlanErrors.Invalid, error.Id);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ name: a, signal: errorRatePercent }", "needs one of 'above' and 'below'")]
    [InlineData("{ name: a, signal: errorRatePercent, above: 1, below: 2 }", "needs one of")]
    [InlineData("{ name: a, signal: dataLoss, above: 1 }", "has no limit")]
    [InlineData("{ name: a, signal: dataLos }", "dataLoss")]
    [InlineData("{ name: a, signal: userComplaints, above: 1, while: errorRatePercent }", "one of")]
    public void Criteria_that_cannot_be_meant_are_refused(string rule, string words)
    {
        var text = Head + "      - { name: a, budget: 5s, action: { do: checkpoint } }\n"
            + $"criteria:\n  tiers:\n    - decision: Consider\n      any:\n        - {rule}\n";

        Assert.Contains(words, Assert.Throws<HxException>(() => Reader.Read(text, "p.yaml")).Message, StringComparison.Ordinal);
    }

    /// <summary>To write the file anew, run this test with HXOPS_WRITE_SCHEMA=1.</summary>
    [Fact]
    public void The_published_schema_is_what_the_reader_accepts()
    {
        var path = Repository.File("docs", "schemas", "plan.schema.json");
        if (Environment.GetEnvironmentVariable("HXOPS_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(path, PlanSchema.Write());
        }

        Assert.Equal(PlanSchema.Write(), File.ReadAllText(path));
    }

    [Fact]
    public void The_shipped_criteria_are_those_that_the_tests_measure()
    {
        var shipped = Reader.Read(Repository.File("src", "plans", "llm-hub.yaml")).Criteria!;

        Assert.Equal(LlmHubCriteria.Value.Tiers.SelectMany(tier => tier.Rules), shipped.Tiers.SelectMany(tier => tier.Rules));
        Assert.Equal(LlmHubCriteria.Value.Tiers.Select(tier => (tier.Decision, tier.Deadline)), shipped.Tiers.Select(tier => (tier.Decision, tier.Deadline)));
        Assert.Equal(
            LlmHubCriteria.Value.Tree.Select(question => (question.Text, string.Join(',', question.Rules), question.Yes, question.No)),
            shipped.Tree.Select(question => (question.Text, string.Join(',', question.Rules), question.Yes, question.No)));
    }

    private static RollbackPlan Read(string steps) => Reader.Read(Head + steps, "p.yaml");
}
