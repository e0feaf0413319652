using HxOps.Checkpoints;
using HxOps.Checkpoints.Comparing;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointComparerTests : CheckpointBench
{
    [Fact]
    public async Task Nothing_differs_right_after_a_checkpoint()
    {
        var comparison = await CompareAsync(Take());

        Assert.Empty(comparison.Differences);
        Assert.Equal("live", comparison.Other);
        Assert.True(comparison.Same > 15);
    }

    [Fact]
    public async Task Added_removed_changed_and_metadata_are_told_apart()
    {
        var checkpoint = Take();
        Change();

        var differences = (await CompareAsync(checkpoint)).Differences.ToDictionary(difference => difference.Id);

        Assert.Equal(DifferenceKind.Added, differences[SampleDeployment.ProxySettings].Kind);
        Assert.Equal(DifferenceKind.Removed, differences[SampleDeployment.Scripts + "/stop.sh"].Kind);
        Assert.Equal(DifferenceKind.Changed, differences[SampleDeployment.Config].Kind);
        Assert.Equal(DifferenceKind.Metadata, differences[SampleDeployment.Scripts + "/start.sh"].Kind);
        Assert.Contains("mode 755 to 700", differences[SampleDeployment.Scripts + "/start.sh"].Detail, StringComparison.Ordinal);
        Assert.Equal("config", differences[SampleDeployment.Config].Component);
        Assert.Contains("-  - model_name: emb-premium", differences[SampleDeployment.Config].Diff);
        Assert.Contains("+  - model_name: other", differences[SampleDeployment.Config].Diff);
    }

    [Fact]
    public async Task Two_checkpoints_are_compared_with_what_was_generated()
    {
        var before = Take();
        Change();
        Sample.Write(SampleDeployment.Venv + "/lib/python3.12/site-packages/more-1.dist-info/METADATA", "Name: more\nVersion: 1\n\n");
        var after = Take();

        var comparison = await new CheckpointComparer(Sample.Context).CompareAsync(before, after, Events, CancellationToken.None);

        Assert.Equal(after.Id, comparison.Other);
        Assert.Contains(comparison.Differences, difference => difference is { Id: SampleDeployment.Config, Kind: DifferenceKind.Changed });
        Assert.Contains("+more==1", comparison.Differences.Single(difference => difference.Id == "env/pip-freeze.txt").Diff);
    }

    [Fact]
    public async Task No_secret_is_shown()
    {
        Sample.Environment["MASTER_KEY"] = "zq-opaque-master-value";
        Sample.Write(SampleDeployment.Config, "general_settings:\n  master_key: zq-opaque-master-value\n  port: 4000\n");
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "general_settings:\n  master_key: zq-opaque-master-value\n  port: 4001\n");
        Sample.Write(SampleDeployment.EnvironmentFile, "OLLAMA_KEY=planted-secret-9876543210\n", 0x1A0);

        var differences = (await CompareAsync(checkpoint)).Differences.ToDictionary(difference => difference.Id);

        Assert.Contains("+  port: 4001", differences[SampleDeployment.Config].Diff);
        Assert.Empty(differences[SampleDeployment.EnvironmentFile].Diff);
        Assert.DoesNotContain(differences.Values, difference => difference.Diff.Any(line => line.Contains("opaque", StringComparison.Ordinal) || line.Contains("planted", StringComparison.Ordinal)));
    }

    private void Change()
    {
        Sample.Write(SampleDeployment.ProxySettings, "new: true\n");
        File.Delete(Sample.Local(SampleDeployment.Scripts + "/stop.sh"));
        Sample.Write(SampleDeployment.Config, Sample.Read(SampleDeployment.Config).Replace("emb-premium", "other", StringComparison.Ordinal));
        File.SetUnixFileMode(Sample.Local(SampleDeployment.Scripts + "/start.sh"), (UnixFileMode)0x1C0);
    }

    private Task<CheckpointComparison> CompareAsync(CheckpointInfo before) =>
        new CheckpointComparer(Sample.Context).CompareAsync(before, null, Events, CancellationToken.None);
}
