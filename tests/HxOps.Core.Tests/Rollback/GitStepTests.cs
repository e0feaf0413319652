using HxOps.Rollback.Running;
using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class GitStepTests : IDisposable
{
    private const string CheckOut = """
              - name: old-code
                budget: 30s
                action: { do: git, folder: ., reference: tags/v1 }

        """;

    private readonly PlanFixture _fixture = new();

    [SkippableFact]
    public async Task A_tag_is_checked_out_and_a_failed_run_goes_back_to_the_branch()
    {
        await MakeRepositoryAsync();
        Assert.Equal(RunOutcome.RolledBack, (await _fixture.RunAsync(_fixture.Plan(CheckOut + PlanFixture.Step("bad", "fail")))).Outcome);
        Assert.Equal(("two", "main"), (File.ReadAllText(_fixture["code"]), await GitAsync("symbolic-ref", "--short", "HEAD")));

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(_fixture.Plan(CheckOut))).Outcome);
        Assert.Equal("one", File.ReadAllText(_fixture["code"]));
    }

    [SkippableFact]
    [Trait("Behaviour", "T-11")]
    public async Task A_work_tree_with_changes_is_refused_and_stays_as_it_is()
    {
        await MakeRepositoryAsync();
        File.WriteAllText(_fixture["code"], "precious");

        var result = await _fixture.RunAsync(_fixture.Plan(CheckOut));

        Assert.Equal(RunOutcome.RolledBack, result.Outcome);
        Assert.Contains("changes that a checkout could lose: code", Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_fixture["code"]));
    }

    public void Dispose() => _fixture.Dispose();

    private async Task MakeRepositoryAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Skip.IfNot(folders.Any(folder => File.Exists(Path.Combine(folder, "git"))), "needs git");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await CommitAsync("one");
        await GitAsync("tag", "v1");
        await CommitAsync("two");
    }

    private async Task CommitAsync(string content)
    {
        File.WriteAllText(_fixture["code"], content);
        await GitAsync("add", "code");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", content);
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var command = new ToolCommand("git", arguments) { WorkingFolder = Path.GetDirectoryName(_fixture["code"]) };
        return (await new ProcessRunner().RunCheckedAsync(command, CancellationToken.None)).Output.Trim();
    }
}
