using HxOps.Checkpoints.Proving;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointVerifierTests : CheckpointBench
{
    [Fact]
    [Trait("Behaviour", "C-54")]
    public async Task C_54_a_checkpoint_is_proven_without_writing_anything()
    {
        var checkpoint = Take();
        var before = Bash.Run(Sample.Root.Folder, "find . -printf '%p %T@ %C@\\n' | sort");

        var verification = await new CheckpointVerifier(Sample.Context).VerifyAsync(checkpoint, Events, CancellationToken.None);

        Assert.True(verification.Passed);
        Assert.Equal(17, verification.FilesVerified); // 15 files of the host and two that describe its Python environment.
        Assert.True(verification.BytesVerified > 0);
        Assert.Equal(before, Bash.Run(Sample.Root.Folder, "find . -printf '%p %T@ %C@\\n' | sort"));
    }

    [Fact]
    [Trait("Behaviour", "C-38")]
    public async Task C_38_a_drill_extracts_proves_and_validates_and_leaves_nothing()
    {
        Bash.Run(Sample.Local(SampleDeployment.Scripts), "ln start.sh start-hard.sh; ln -s /etc/passwd passwords");
        var checkpoint = Take();
        var folders = ScratchRoots();

        var verification = await new CheckpointVerifier(Sample.Context).DrillAsync(checkpoint, Events, CancellationToken.None);

        Assert.True(verification.Drilled);
        Assert.DoesNotContain(verification.Findings, finding => finding.File.Contains("hxops-scratch", StringComparison.Ordinal));
        Assert.Empty(ScratchRoots().Except(folders));
    }

    private static string[] ScratchRoots() =>
        [.. new[] { Path.GetTempPath(), "/dev/shm" }.Where(Directory.Exists).SelectMany(place => Directory.GetDirectories(place, "hxops-scratch-*"))];
}
