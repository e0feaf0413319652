using HxOps.Errors;
using HxOps.Rollback.Running;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class RunOutcomeErrorsTests
{
    [Theory]
    [InlineData(RunOutcome.Succeeded)]
    [InlineData(RunOutcome.Inconclusive)]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.RolledBack)]
    [InlineData(RunOutcome.Inconsistent)]
    [InlineData(RunOutcome.Stopped)]
    public void The_error_of_a_result_has_the_exit_code_that_its_command_ends_with(RunOutcome outcome)
    {
        var result = new RunResult
        {
            Id = "rollback-20250818T175013Z",
            Plan = "practice",
            Scenario = "only",
            Outcome = outcome,
            Reasons = [],
            Steps = [],
            Folder = "/nowhere",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Elapsed = TimeSpan.Zero,
        };

        Assert.Equal(result.ExitCode, RunOutcomeErrors.Of(result)?.Id.ExitCode ?? ExitCode.Done);
    }
}
