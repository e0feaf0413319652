using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreProtectionTests : RestoreBench
{
    [Fact]
    public void What_a_checkpoint_could_not_capture_is_left_alone_even_when_mirroring()
    {
        var pipe = Sample.Local(SampleDeployment.Tests + "/pipe");
        Bash.Run(Path.GetDirectoryName(pipe)!, "mkfifo pipe");
        var checkpoint = Take();
        File.Delete(pipe);
        File.WriteAllText(pipe, "live");
        Sample.Write(SampleDeployment.Config, "changed");

        Restore(checkpoint, FilesOnly with { Switches = FilesOnly.Switches | RestoreSwitches.Mirror });

        Assert.Equal(SampleDeployment.Tests + "/pipe", Assert.Single(Verify(checkpoint).Manifest.Skipped).HostPath);
        Assert.Equal("live", File.ReadAllText(pipe));
        Assert.NotEqual("changed", File.ReadAllText(Sample.Local(SampleDeployment.Config)));
    }

    [Theory]
    [InlineData("{outside}")]
    [InlineData("../../../../../outside")]
    [InlineData("hop")]
    public void A_way_that_leads_out_of_the_root_is_refused_before_anything_changes(string target)
    {
        var checkpoint = Take();
        var folder = Path.GetDirectoryName(Sample.Local(SampleDeployment.Config))!;
        Bash.Run(Path.GetDirectoryName(folder)!, $"mv api-gateway/* '{Sample.Outside}'; rmdir api-gateway; ln -s '{target.Replace("{outside}", Sample.Outside, StringComparison.Ordinal)}' api-gateway; ln -s '{Sample.Outside}' hop");
        File.WriteAllText(Path.Combine(Sample.Outside, "config.yaml"), "not ours");

        var refusal = Assert.Throws<HxException>(() => Plan(checkpoint, FilesOnly));

        Assert.Equal(RestoreErrors.RootLeft, refusal.Id);
        Assert.Equal(SampleDeployment.Config, refusal.Target);
        Assert.Equal("not ours", File.ReadAllText(Path.Combine(Sample.Outside, "config.yaml")));
    }

    [Fact]
    public void A_link_on_the_way_that_stays_below_the_root_is_followed()
    {
        var checkpoint = Take();
        Bash.Run(Path.GetDirectoryName(Path.GetDirectoryName(Sample.Local(SampleDeployment.Config)))!, "mv api-gateway elsewhere; ln -s ../config/elsewhere api-gateway");
        Sample.Write(SampleDeployment.Config, "changed");

        Restore(checkpoint);

        Assert.NotEqual("changed", Sample.Read(SampleDeployment.Config));
    }

    [Fact]
    public void A_folder_that_holds_what_no_checkpoint_can_does_not_give_way_to_a_file()
    {
        var folder = SampleDeployment.Tests + "/p";
        Sample.Write(folder, "a file");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Tests), "rm p && mkdir p && echo normal > p/normal && mkfifo p/pipe && touch $'p/a\\ttab'");
        var before = TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests));

        var refusal = Assert.Throws<HxException>(() => Plan(checkpoint, FilesOnly));

        Assert.Same(RestoreErrors.FolderHoldsMore, refusal.Id);
        Assert.Equal(folder, refusal.Target);
        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests)).Differences(before));
    }

    [Fact]
    public void The_folder_of_the_backups_does_not_give_way_to_a_link()
    {
        var above = SampleDeployment.Base + "/gateway";
        Sample.Deployment = Sample.Deployment with
        {
            Components = [.. Sample.Deployment.Components, new Component("gateway", "gateway", ComponentRole.State, [new FileSource(above, Presence.Optional)])],
        };
        Bash.Run(Sample.Local(SampleDeployment.Base), "mkdir -p gateway.real/backups; ln -s gateway.real gateway");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Base), "rm gateway && mv gateway.real gateway");

        Assert.Same(RestoreErrors.FolderHoldsMore, Assert.Throws<HxException>(() => Plan(checkpoint, FilesOnly)).Id);
        Assert.True(File.Exists(checkpoint.Path));
    }

    [Fact]
    public async Task An_undo_does_not_take_what_could_not_be_captured_for_what_was_not_there()
    {
        var path = SampleDeployment.Tests + "/pipe";
        Sample.Write(path, "a file");
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Tests), "rm pipe && mkfifo pipe");
        Sample.Write(SampleDeployment.Config, "changed");
        Restore(checkpoint);

        var plan = await new RestorePlanner(Sample.Context).PlanUndoAsync(null, FilesOnly, Events, CancellationToken.None);
        Run(plan);

        Assert.Contains(plan.Warnings, warning => warning.StartsWith(path + " stays", StringComparison.Ordinal));
        Assert.Equal("a file", Sample.Read(path));
        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
    }

    [Fact]
    public void What_a_source_of_the_newest_no_longer_takes_is_in_the_safety_checkpoint_all_the_same()
    {
        var logs = new FileSource(SampleDeployment.Logs + "/gw-smoke-*.log", Presence.Optional) { Newest = 3 };
        Sample.Deployment = Sample.Deployment with { Components = [.. Sample.Deployment.Components.Where(each => each.Name != "logs"), new Component("logs", "logs", ComponentRole.State, [logs])] };
        var checkpoint = Take();
        var third = SampleDeployment.Logs + "/gw-smoke-20250813.log";
        Sample.Write(third, "precious");
        File.SetLastWriteTimeUtc(Sample.Local(third), new DateTime(2025, 8, 13, 6, 0, 0, DateTimeKind.Utc));
        Sample.Write(SampleDeployment.Logs + "/gw-smoke-20250816.log", "a newer one");
        var before = TreeSnapshot.Of(Sample.Local(SampleDeployment.Logs));

        Assert.Equal("smoke of day 3: PASS\n", After(() => Restore(checkpoint)));
        Assert.Equal("precious", After(() => Undo(null)));
        Assert.All(TreeSnapshot.Of(Sample.Local(SampleDeployment.Logs)).Differences(before), difference => Assert.StartsWith(".: Directory", difference, StringComparison.Ordinal));

        string After(Func<RestoreResult> work)
        {
            Assert.Equal(RestoreOutcome.Restored, work().Outcome);
            return Sample.Read(third);
        }
    }

    [Fact]
    public void What_somebody_has_put_into_a_folder_that_the_restore_made_is_kept_when_it_goes_back()
    {
        using var gate = GateOnPort(isOpen: false);
        var checkpoint = Take();
        Directory.Delete(Sample.Local(SampleDeployment.Tests), recursive: true);
        var plan = Plan(checkpoint, WithGate with { Switches = RestoreSwitches.NoServices });

        var result = Run(plan, new Both(Events, At("test the gateway", StepState.Started, () => Sample.Write(SampleDeployment.Tests + "/core/why.log", "what went wrong"))));

        Assert.Equal(RestoreOutcome.RolledBack, result.Outcome);
        Assert.False(Directory.Exists(Sample.Local(SampleDeployment.Tests)));
        var kept = Assert.Single(Directory.GetDirectories(Path.GetDirectoryName(Sample.Local(SampleDeployment.Tests))!));
        Assert.Equal("what went wrong", File.ReadAllText(Path.Combine(kept, "core", "why.log")));
        var warning = Assert.Single(Events.Warnings, warning => warning.Id == "RestoreMetStranger");
        Assert.Contains(SampleDeployment.Tests + "/core/why.log", warning.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(kept), warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_the_restore_made_goes_with_it_when_nobody_has_put_anything_into_it()
    {
        using var gate = GateOnPort(isOpen: false);
        var checkpoint = Take();
        Directory.Delete(Sample.Local(SampleDeployment.Tests), recursive: true);

        Assert.Equal(RestoreOutcome.RolledBack, Restore(checkpoint, WithGate with { Switches = RestoreSwitches.NoServices }).Outcome);

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Sample.Local(SampleDeployment.Tests))!));
    }

    [Fact]
    public void What_somebody_puts_in_the_place_of_a_path_at_the_last_moment_is_kept_beside()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.EnvironmentFile, "changed", 0x1A0);
        Sample.Write(SampleDeployment.Config, "changed");
        var plan = Plan(checkpoint, FilesOnly);
        var config = Sample.Local(SampleDeployment.Config);

        var result = Run(plan, new Both(Events, new Watch(value => value is ProgressEvent { Activity: "Bringing files into place", Done: 1 }, () =>
        {
            File.WriteAllText(config + ".new", "of somebody else");
            File.Move(config + ".new", config, overwrite: true);
        })));

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.StartsWith("model_list", Sample.Read(SampleDeployment.Config), StringComparison.Ordinal);
        var warning = Assert.Single(Events.Warnings, warning => warning.Id == "RestoreMetStranger");
        Assert.Equal(SampleDeployment.Config, warning.Target);
        Assert.Equal("of somebody else", File.ReadAllText(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(config)!, ".config.yaml.hx-*"))));
    }

    [Fact]
    public async Task An_undo_tells_of_what_the_deployment_no_longer_covers()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.EnvironmentFile, "changed", 0x1A0);
        Sample.Write(SampleDeployment.Config, "changed");
        Restore(checkpoint);
        Sample.Deployment = Sample.Deployment with { Components = [.. Sample.Deployment.Components.Where(component => component.Name != "environment")] };

        var plan = await new RestorePlanner(Sample.Context).PlanUndoAsync(null, FilesOnly, Events, CancellationToken.None);

        Assert.Contains(plan.Warnings, warning => warning.StartsWith(SampleDeployment.EnvironmentFile + " stays", StringComparison.Ordinal));
        Assert.Equal([SampleDeployment.Config], plan.Changes.Select(change => change.HostPath));
    }

    [Fact]
    public async Task What_a_running_restore_needs_is_not_removed()
    {
        var older = Take();
        Sample.Clock.Advance(TimeSpan.FromDays(1));
        Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var plan = Plan(older, FilesOnly);
        var reasons = new List<(CheckpointKind Kind, string Reason)>();
        var events = new Pruning(() => reasons.AddRange(new CheckpointPruner(Sample.Context).Plan(new RetentionRules { Last = 0 })
            .Where(decision => decision.Id == older.Id || decision.Checkpoint.Kind == CheckpointKind.Safety)
            .Select(decision => (decision.Checkpoint.Kind, decision.Reason))));

        await new RestoreRunner(Sample.Context).RunAsync(plan, events, CancellationToken.None);

        Assert.Contains((CheckpointKind.Checkpoint, "in use by a restore"), reasons);
        Assert.Contains((CheckpointKind.Safety, "in use by a restore"), reasons);
        Assert.False(new CheckpointPruner(Sample.Context).PlanRemoval([older])[0].Keep);
    }

    private sealed class Pruning(Action look) : IProgress<HxEvent>
    {
        public void Report(HxEvent value) => look();
    }
}
