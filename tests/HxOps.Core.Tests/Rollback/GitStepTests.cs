using HxOps.Rollback.Checking;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
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

    [SkippableFact]
    [Trait("Behaviour", "T-11")]
    public async Task That_a_version_can_be_checked_out_is_seen_without_a_checkout()
    {
        await MakeRepositoryAsync();
        Assert.Contains("tags/v1 is here", (await _fixture.RunAsync(_fixture.Plan(Verify("tags/v1")))).Steps[0].Finding, StringComparison.Ordinal);
        Assert.Equal(("two", "main"), (File.ReadAllText(_fixture["code"]), await GitAsync("symbolic-ref", "--short", "HEAD")));

        Assert.Contains("knows no version 'tags/v9'", Assert.Single((await _fixture.RunAsync(_fixture.Plan(Verify("tags/v9")))).Reasons), StringComparison.Ordinal);
        File.WriteAllText(_fixture["old-only"], "precious");
        Assert.Contains("'old-only' would be overwritten", Assert.Single((await _fixture.RunAsync(_fixture.Plan(Verify("tags/v1")))).Reasons), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_fixture["old-only"]));
    }

    [SkippableFact]
    public async Task A_tree_of_another_account_is_checked_out_by_root()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        await MakeRepositoryAsync();
        Bash.Run(Path.GetDirectoryName(_fixture["code"])!, "chown -R 65534:65534 .");

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(_fixture.Plan(CheckOut))).Outcome);
        Assert.Equal("one", File.ReadAllText(_fixture["code"]));
    }

    [SkippableFact]
    public async Task A_tree_of_another_account_stays_that_accounts_and_runs_nothing_as_root()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        await MakeRepositoryAsync();
        await GitAsync("config", "filter.noting.smudge", "id -u >> .git/smudged; cat");
        File.WriteAllText(_fixture[".git/info/attributes"], "code filter=noting\n");
        Bash.Run(Path.GetDirectoryName(_fixture["code"])!, $"chown -R 65534:65534 . && chmod a+x {_fixture.Root} ../..");

        Assert.Equal(RunOutcome.RolledBack, (await _fixture.RunAsync(_fixture.Plan(CheckOut + PlanFixture.Step("bad", "fail")))).Outcome);
        Assert.Equal(("two", "65534\n65534\n"), (File.ReadAllText(_fixture["code"]), File.ReadAllText(_fixture[".git/smudged"])));
        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(_fixture.Plan(CheckOut))).Outcome);

        Assert.Equal("", await RunAsync("find", ".", "-uid", "0", "!", "-name", "*.count", "!", "-name", "undone"));
        Assert.Contains("one", await new Git(new ProcessRunner()).StateAsync(Path.GetDirectoryName(_fixture["code"])!, CancellationToken.None), StringComparison.Ordinal);
        Assert.DoesNotContain("0", File.ReadAllLines(_fixture[".git/smudged"]));
    }

    [SkippableFact]
    public async Task A_tree_of_which_a_part_is_roots_is_checked_out_by_root()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        await MakeRepositoryAsync();
        Bash.Run(Path.GetDirectoryName(_fixture["code"])!, $"chown -R 65534:65534 . && chmod a+x {_fixture.Root} ../.. && chown 0:0 .git/logs/HEAD");

        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(_fixture.Plan(CheckOut))).Outcome);
        Assert.Equal("one", File.ReadAllText(_fixture["code"]));
    }

    [SkippableFact]
    public async Task A_branch_that_moved_meanwhile_is_not_taken_for_the_state_before()
    {
        await MakeRepositoryAsync();
        File.WriteAllText(_fixture["step.sh"], "#!/bin/sh\ngit branch --force main v1 && exit 3\n");

        var result = await _fixture.RunAsync(_fixture.Plan(CheckOut + PlanFixture.Step("bad", "fail")));

        Assert.Equal(RunOutcome.Inconsistent, result.Outcome);
        Assert.Contains(result.Reasons, reason => reason.Contains("the branch main has moved meanwhile", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_subject_with_the_characters_that_part_commits_is_no_failure()
    {
        await MakeRepositoryAsync();
        await CommitAsync("three\x1e and\x1f more");

        var history = await new Git(new ProcessRunner()).HistoryAsync(_fixture["code"], CancellationToken.None);

        Assert.Equal(["two", "one"], history.Select(revision => revision.Subject).TakeLast(2));
    }

    [SkippableFact]
    public async Task What_git_says_of_a_folder_that_is_no_tree_is_told()
    {
        await MakeRepositoryAsync();
        Directory.Delete(_fixture[".git"], recursive: true);

        Assert.Contains("not a git repository", Assert.Single((await _fixture.RunAsync(_fixture.Plan(CheckOut))).Reasons), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_test_of_the_plan_tells_of_a_changed_tree_and_of_a_version_that_nobody_has()
    {
        await MakeRepositoryAsync();
        var inspector = new PlanInspector(_fixture.Context);
        Assert.DoesNotContain(await inspector.InspectAsync(_fixture.Plan(CheckOut), CancellationToken.None), finding => finding.Severity == PlanSeverity.Error);
        Assert.Contains(await inspector.InspectAsync(_fixture.Plan(Verify("tags/v9")), CancellationToken.None), finding => finding is { Id: "VersionUnknown", Place: "only/at-hand", Severity: PlanSeverity.Error });

        File.WriteAllText(_fixture["code"], "precious");
        var changed = Assert.Single(await inspector.InspectAsync(_fixture.Plan(CheckOut), CancellationToken.None), finding => finding.Id == "WorkTreeChanged");
        Assert.Equal((PlanSeverity.Error, "only/old-code"), (changed.Severity, changed.Place));
    }

    [SkippableFact]
    public async Task A_version_that_only_the_remote_has_is_asked_for_there()
    {
        await MakeRepositoryAsync();
        await GitAsync("clone", "--quiet", "--bare", ".", "origin.git");
        await GitAsync("remote", "add", "origin", "./origin.git");
        await GitAsync("tag", "--delete", "v1");
        var plan = _fixture.Plan(Verify("tags/v1", "origin") + CheckOut);

        Assert.DoesNotContain(await new PlanInspector(_fixture.Context).InspectAsync(plan, CancellationToken.None), finding => finding.Id == "VersionUnknown");
        Assert.Empty(await GitAsync("tag"));
        Assert.Equal(RunOutcome.Succeeded, (await _fixture.RunAsync(plan)).Outcome);
    }

    public void Dispose() => _fixture.Dispose();

    private static string Verify(string reference, string? remote = null) => $$"""
              - name: at-hand
                budget: 30s
                action: { do: git, verb: verify, folder: ., reference: {{reference}}{{(remote is null ? "" : ", fetch: " + remote)}} }

        """;

    private async Task MakeRepositoryAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Skip.IfNot(folders.Any(folder => File.Exists(Path.Combine(folder, "git"))), "needs git");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        File.WriteAllText(_fixture["old-only"], "");
        await GitAsync("add", "old-only");
        await CommitAsync("one");
        await GitAsync("tag", "v1");
        await GitAsync("rm", "--quiet", "old-only");
        await CommitAsync("two");
    }

    private async Task CommitAsync(string content)
    {
        File.WriteAllText(_fixture["code"], content);
        await GitAsync("add", "code");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", content);
    }

    private Task<string> GitAsync(params string[] arguments) => RunAsync("git", arguments);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var command = new ToolCommand(program, arguments) { WorkingFolder = Path.GetDirectoryName(_fixture["code"]) };
        return (await new ProcessRunner().RunCheckedAsync(command, CancellationToken.None)).Output.Trim();
    }
}
