using HxOps.Core.Tests.Gateway;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Services;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreUnitsTests : RestoreBench
{
    [Fact]
    [Trait("Behaviour", "C-29"), Trait("Behaviour", "C-31"), Trait("Behaviour", "C-36")]
    public void C_29_C_31_and_C_36_units_stop_before_the_files_change_and_start_after_a_reload()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Sample.Write(SampleDeployment.Unit, "[Service]\nExecStart=/bin/false\n");
        var services = Record();
        var seen = new List<(string Call, string Config, string Unit)>();
        services.OnCall = call => seen.Add((call, Sample.Read(SampleDeployment.Config)[..7], Sample.Read(SampleDeployment.Unit)[..6]));

        Restore(checkpoint, WithUnits);

        Assert.Equal(["stop " + Gateway, "reload", "start " + Gateway], seen.Select(each => each.Call));
        Assert.Equal(("changed", "[Servi"), (seen[0].Config, seen[0].Unit));
        Assert.All(seen.Skip(1), each => Assert.Equal(("model_l", "[Unit]"), (each.Config, each.Unit)));
        Assert.All(services.Limits, limit => Assert.Equal(TimeSpan.FromSeconds(5), limit));
        Assert.Equal(UnitActivity.Active, services.Activity(Gateway));
    }

    [Theory]
    [InlineData(UnitActivity.Active, true)]
    [InlineData(UnitActivity.Inactive, false)]
    public void A_plan_that_would_only_start_a_unit_is_not_idle(UnitActivity activity, bool isIdle)
    {
        Sample.Deployment = Sample.Deployment with { Units = [new ManagedUnit(Gateway, StartRule.Always)] };
        var checkpoint = Take();
        Record(activity);

        Assert.Equal(isIdle, Plan(checkpoint, WithUnits).IsIdle);
        Assert.True(Plan(checkpoint, FilesOnly).IsIdle);
        Sample.Write(SampleDeployment.Config, "changed");
        Assert.False(Plan(checkpoint, FilesOnly).IsIdle);
    }

    [Fact]
    public void Units_stop_in_reverse_and_start_by_their_rules()
    {
        Sample.Deployment = Sample.Deployment with
        {
            Units =
            [
                new ManagedUnit("always.service", StartRule.Always), new ManagedUnit("enabled.timer", StartRule.Enabled),
                new ManagedUnit("disabled.timer", StartRule.Enabled), new ManagedUnit("was.service", StartRule.WasActive),
                new ManagedUnit("wasnot.service", StartRule.WasActive), new ManagedUnit("never.service", StartRule.Never),
            ],
        };
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var services = new RecordingServices().With("always.service", UnitActivity.Inactive).With("enabled.timer", UnitActivity.Inactive, isEnabled: true)
            .With("disabled.timer", UnitActivity.Inactive).With("was.service", UnitActivity.Active).With("wasnot.service", UnitActivity.Inactive)
            .With("never.service", UnitActivity.Active);
        Sample.Services = services;

        Restore(checkpoint, WithUnits);

        Assert.Equal(["stop never.service", "stop was.service", "reload", "start always.service", "start enabled.timer", "start was.service"], services.Calls);
    }

    [Fact]
    [Trait("Behaviour", "C-39")]
    public void C_39_a_unit_that_does_not_stop_leaves_files_and_units_as_they_were()
    {
        Sample.Deployment = Sample.Deployment with { Units = [new ManagedUnit("stubborn.service", StartRule.Always), new ManagedUnit("other.service", StartRule.Always)] };
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var before = Host();
        var services = new RecordingServices().With("stubborn.service", UnitActivity.Active).With("other.service", UnitActivity.Active);
        services.Stubborn.Add("stubborn.service");
        Sample.Services = services;

        var failure = Assert.Throws<HxException>(() => Restore(checkpoint, WithUnits));

        Assert.Same(ServiceErrors.StopFailed, failure.Id);
        Assert.Empty(Differences(Host(), before));
        Assert.Equal(UnitActivity.Active, services.Activity("other.service"));
        Assert.Empty(new RestoreCatalog(Sample.Context).List());
    }

    [Fact]
    public void A_unit_that_does_not_start_takes_the_restore_back()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var services = Record(UnitActivity.Inactive);
        services.Broken.Add(Gateway);

        var result = Restore(checkpoint, WithUnits);

        Assert.Equal(RestoreOutcome.RolledBack, result.Outcome);
        Assert.Contains(Gateway, result.Reason, StringComparison.Ordinal);
        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
    }

    [Fact]
    [Trait("Behaviour", "C-37")]
    public void C_37_a_failed_gate_brings_the_state_before_back_and_says_so()
    {
        GateOnPort(isOpen: false);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var before = Host();
        var services = Record();

        var result = Restore(checkpoint, WithGate);

        Assert.Equal(RestoreOutcome.RolledBack, result.Outcome);
        Assert.Equal(20, (int)result.ExitCode);
        Assert.NotNull(result.Gate);
        Assert.Contains("port", result.Reason, StringComparison.Ordinal);
        Assert.Empty(Differences(Host(), before));
        Assert.Equal(UnitActivity.Active, services.Activity(Gateway));
        Assert.Equal(RestoreState.RolledBack, Assert.Single(new RestoreCatalog(Sample.Context).List()).State);
    }

    [Fact]
    public void What_somebody_puts_in_the_place_of_a_restored_path_is_kept_beside_and_stops_no_way_back()
    {
        GateOnPort(isOpen: false);
        var made = SampleDeployment.Scripts + "/stop.sh";
        var gone = SampleDeployment.Tests + "/extra.sh";
        var mode = SampleDeployment.Scripts + "/start.sh";
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Sample.Write(SampleDeployment.EnvironmentFile, "changed");
        Sample.Write(gone, "not in the checkpoint");
        File.Delete(Sample.Local(made));
        File.SetUnixFileMode(Sample.Local(mode), (UnixFileMode)0x180);
        var services = Record();
        var options = WithGate with { Switches = RestoreSwitches.Mirror };
        void replace()
        {
            foreach (var path in new[] { SampleDeployment.Config, made, gone, mode })
            {
                Sample.Write(path + "~", "by somebody");
                File.Move(Sample.Local(path + "~"), Sample.Local(path), overwrite: true);
            }
        }

        var log = new EventLog();
        var result = Run(Plan(checkpoint, options), new Both(log, At("test the gateway", StepState.Started, replace)));

        Assert.Equal(RestoreOutcome.RolledBack, result.Outcome);
        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
        Assert.Equal("changed", Sample.Read(SampleDeployment.EnvironmentFile));
        Assert.Equal("not in the checkpoint", Sample.Read(gone));
        Assert.False(File.Exists(Sample.Local(made)));
        Assert.Equal("by somebody", Sample.Read(mode));
        Assert.Equal(UnitActivity.Active, services.Activity(Gateway));
        var told = log.Warnings.Where(warning => warning.Id == "RestoreMetStranger").ToDictionary(warning => warning.Target!, warning => warning.Message);
        Assert.Equal(new[] { SampleDeployment.Config, made, gone, mode }.Order(), told.Keys.Order());
        foreach (var path in new[] { SampleDeployment.Config, made, gone })
        {
            var kept = StagedName.Beside(path, result.Id["restore-".Length..]);
            Assert.Contains(kept, told[path], StringComparison.Ordinal);
            Assert.Equal("by somebody", Sample.Read(kept));
        }

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint).Outcome);
    }

    [Fact]
    public void A_way_back_that_met_a_stranger_and_was_interrupted_goes_on()
    {
        GateOnPort(isOpen: false);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Sample.Write(SampleDeployment.Unit, "changed");
        Record();
        var replace = At("test the gateway", StepState.Started, () =>
        {
            Sample.Write(SampleDeployment.Config + "~", "by somebody");
            File.Move(Sample.Local(SampleDeployment.Config + "~"), Sample.Local(SampleDeployment.Config), overwrite: true);
        });
        var die = new Watch(value => value is WarningEvent { Id: "RestoreMetStranger" }, () => throw new InvalidOperationException("killed"));
        var plan = Plan(checkpoint, WithGate);
        Assert.Throws<InvalidOperationException>(() => Run(plan, new Both(replace, die)));

        Assert.Equal(RestoreState.RolledBack, Assert.Single(Repair()).State);

        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));
        Assert.Equal("changed", Sample.Read(SampleDeployment.Unit));
        Assert.Equal("by somebody", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Sample.Root.Folder, ".config.yaml.hx-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))));
    }

    [Fact]
    public void A_repair_after_which_a_unit_does_not_run_says_so()
    {
        GateOnPort(isOpen: false);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var services = Record();
        var plan = Plan(checkpoint, WithGate);
        Assert.Throws<InvalidOperationException>(() => Run(plan, At("go back to the state before", StepState.Started, () => throw new InvalidOperationException("killed"))));
        services.Broken.Add(Gateway);

        var repaired = Assert.Single(Repair());

        Assert.Equal(RestoreState.RolledBack, repaired.State);
        Assert.Contains(Gateway, repaired.Reason, StringComparison.Ordinal);
        Assert.Same(RestoreOutcomeErrors.UnitsAstray, RestoreOutcomeErrors.Of(repaired)!.Id);
    }

    [Fact]
    [Trait("Behaviour", "C-37")]
    public void C_37_a_passed_gate_lets_the_restore_stand()
    {
        using var listener = GateOnPort(isOpen: true);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Record();

        var result = Restore(checkpoint, WithGate);

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.StartsWith("model_list", Sample.Read(SampleDeployment.Config), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_of_broken_text_to_a_wanted_probe_does_not_undo_a_restore()
    {
        using var listener = GateOnPort(isOpen: true);
        using var gateway = new GatewayDouble();
        gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, """{"data":[{"id":"\ud800"}]}"""));
        Sample.Deployment = Sample.Deployment with
        {
            Endpoints = [new Endpoint("litellm", gateway.Url, GatewayLayer.Upstream, null)],
            Probes = [.. Sample.Deployment.Probes, GateFixture.Models() with { Importance = Importance.Wanted }],
        };
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Record();

        var result = Restore(checkpoint, WithGate);

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.Equal("1 model, not 16; missing: emb-premium", result.Gate!.Probes[^1].Finding);
    }

    [Fact]
    public void Without_a_way_back_a_failed_gate_leaves_the_restored_state_and_calls_it_unproven()
    {
        GateOnPort(isOpen: false);
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        Record();

        var result = Restore(checkpoint, WithGate with { Switches = RestoreSwitches.NoRollback });

        Assert.Equal(RestoreOutcome.RestoredUnproven, result.Outcome);
        Assert.Equal(ExitCode.VerificationFailed, result.ExitCode);
        Assert.StartsWith("model_list", Sample.Read(SampleDeployment.Config), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_that_is_down_is_started_even_when_no_file_has_to_change()
    {
        var checkpoint = Take();
        var services = Record(UnitActivity.Inactive);

        Assert.Equal(RestoreOutcome.AlreadyThere, Restore(checkpoint, WithUnits).Outcome);

        Assert.Equal(["start " + Gateway], services.Calls);
    }

    [Fact]
    public void Without_services_no_unit_is_touched()
    {
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Config, "changed");
        var services = Record();

        Restore(checkpoint, FilesOnly);

        Assert.Empty(services.Calls);
    }
}
