using System.Net;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Deployments;
using HxOps.Files.Metadata;
using HxOps.Gateway;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

public sealed class CheckpointWriterTests : CheckpointBench
{
    [Fact]
    [Trait("Behaviour", "C-02")]
    [Trait("Behaviour", "C-03")]
    [Trait("Behaviour", "C-04")]
    [Trait("Behaviour", "C-05")]
    [Trait("Behaviour", "C-06")]
    [Trait("Behaviour", "C-07")]
    [Trait("Behaviour", "C-08")]
    [Trait("Behaviour", "C-10")]
    [Trait("Behaviour", "C-11")]
    [Trait("Behaviour", "C-13")]
    [Trait("Behaviour", "C-14")]
    public void C_14_the_archive_has_the_layout_of_the_kit()
    {
        Sample.Write(SampleDeployment.ProxySettings, "proxy: true\n");

        var snapshot = Extract(Take());

        string[] expected =
        [
            "config/config.yaml", // C-02
            "config/proxy_settings.yaml", // C-03
            "systemd/hx-litellm-gateway.service", // C-04
            "systemd/hx-gateway-smoke.service", // C-05
            "systemd/hx-gateway-smoke.timer", // C-06
            "scripts/tests/gateway/run_all.sh", // C-07
            "scripts/tests/gateway/config/test.env", // C-07
            "scripts/service/api-gateway/start.sh", // C-08
            "env/pip-freeze.txt", // C-10
            "env/litellm-version.txt", // C-11
            "sha256sums.txt", // C-13
            "hxops.json",
        ];
        foreach (var path in expected)
            Assert.True(File.Exists(Path.Combine(snapshot, path)), path);

        Assert.Equal(Sample.Read(SampleDeployment.Config), File.ReadAllText(Path.Combine(snapshot, "config/config.yaml")));
    }

    [Fact]
    [Trait("Behaviour", "T-23")]
    public void T_23_wrapper_unit_drop_ins_environment_file_and_enablement_links_are_captured()
    {
        var snapshot = Extract(Take());

        Assert.True(File.Exists(Path.Combine(snapshot, "systemd/hx-gateway-ml.service")));
        Assert.True(File.Exists(Path.Combine(snapshot, "systemd/hx-gateway-ml.service.d/override.conf")));
        Assert.True(File.Exists(Path.Combine(snapshot, "environment/hx-gateway-ml.env")));
        Assert.Equal(SampleDeployment.Unit, new FileInfo(Path.Combine(snapshot, "systemd/multi-user.target.wants/hx-litellm-gateway.service")).LinkTarget);
    }

    [Fact]
    [Trait("Behaviour", "C-03")]
    public void C_03_an_absent_optional_file_is_recorded_as_absent()
    {
        var manifest = Verify(Take()).Manifest;

        Assert.Contains(new AbsentPath(SampleDeployment.ProxySettings, "config"), manifest.Absent);
        Assert.DoesNotContain(manifest.Entries, entry => entry.HostPath == SampleDeployment.ProxySettings);
    }

    [Fact]
    [Trait("Behaviour", "C-09")]
    public void C_09_the_last_three_smoke_logs_are_kept()
    {
        var snapshot = Extract(Take());

        Assert.Equal(
            ["gw-smoke-20250813.log", "gw-smoke-20250814.log", "gw-smoke-20250815.log"],
            Directory.GetFiles(Path.Combine(snapshot, "logs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "C-10")]
    [Trait("Behaviour", "C-11")]
    public void C_10_C_11_packages_are_read_without_running_Python()
    {
        Sample.Write(SampleDeployment.Venv + "/lib/python3.12/site-packages/local_tool-1.0.dist-info/METADATA", "Name: local-tool\nVersion: 1.0\n\n");
        Sample.Write(
            SampleDeployment.Venv + "/lib/python3.12/site-packages/local_tool-1.0.dist-info/direct_url.json",
            """{"url": "https://someone:a-token@example.com/tool.git", "vcs_info": {"vcs": "git", "commit_id": "abc123"}}""");

        var snapshot = Extract(Take());

        Assert.Equal(
            "litellm==1.75.8\nlocal-tool @ git+https://example.com/tool.git@abc123\nPyYAML==6.0.2\n",
            File.ReadAllText(Path.Combine(snapshot, "env/pip-freeze.txt")));
        Assert.Equal("1.75.8\n", File.ReadAllText(Path.Combine(snapshot, "env/litellm-version.txt")));
    }

    [Fact]
    [Trait("Behaviour", "C-10")]
    public void C_10_a_missing_Python_environment_is_recorded_and_no_obstacle()
    {
        Directory.Delete(Sample.Local(SampleDeployment.Venv), recursive: true);

        var manifest = Verify(Take()).Manifest;

        Assert.Contains(manifest.Skipped, skipped => skipped.HostPath == SampleDeployment.Venv);
        Assert.DoesNotContain(manifest.Entries, entry => entry.ArchivePath.StartsWith("env/", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "C-12")]
    public async Task C_12_the_models_that_the_gateway_lists_are_kept_and_the_key_is_not()
    {
        using var gateway = new HttpListener();
        var port = FreePort.Take();
        gateway.Prefixes.Add($"http://127.0.0.1:{port}/");
        gateway.Start();
        Sample.Environment["MASTER_KEY"] = "sk-random-7f3a";
        Sample.Deployment = Sample.Deployment with { Endpoints = [new Endpoint("litellm", new Uri($"http://127.0.0.1:{port}"), GatewayLayer.Upstream, "master")] };
        var taking = Task.Run(() => Take());
        var call = await gateway.GetContextAsync();
        var authorization = call.Request.Headers["Authorization"];
        call.Response.OutputStream.Write("""{"object":"list","data":[{"id":"emb-premium"}]}"""u8);
        call.Response.Close();

        var checkpoint = await taking;

        Assert.Equal("/v1/models", call.Request.RawUrl);
        Assert.Equal("Bearer sk-random-7f3a", authorization);
        Assert.Equal(GatewayState.Answering, checkpoint.Gateway);
        var snapshot = Extract(checkpoint);
        Assert.Contains("emb-premium", File.ReadAllText(Path.Combine(snapshot, "runtime/models.json")), StringComparison.Ordinal);
        Assert.Equal("", Bash.Run(snapshot, "grep -rl sk-random-7f3a . || true"));
    }

    [Fact]
    [Trait("Behaviour", "T-25")]
    public void T_25_a_checkpoint_is_made_and_marked_when_the_gateway_is_down()
    {
        var checkpoint = Take();

        Assert.Equal(GatewayState.Down, checkpoint.Gateway);
        Assert.False(File.Exists(Path.Combine(Extract(checkpoint), "runtime/models.json")));
        Assert.NotEqual("", Verify(checkpoint).Manifest.GatewayFinding);
        Assert.Contains(Events.Warnings, warning => warning.Id == "GatewayDown");
        Assert.Equal(GatewayState.Down, new CheckpointCatalog(Sample.Context).List().Single().Gateway);
    }

    [Fact]
    [Trait("Behaviour", "C-13")]
    public void C_13_every_file_is_in_the_list_of_checksums_even_with_an_odd_name()
    {
        Sample.Write(SampleDeployment.Tests + @"/back\slash and space.txt", "odd");
        Sample.Write(SampleDeployment.Tests + "/ünïcode.txt", "odd too");

        var snapshot = Extract(Take());

        var listed = File.ReadAllLines(Path.Combine(snapshot, "sha256sums.txt")).Length;
        Assert.Equal(Directory.GetFiles(snapshot, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Length - 1, listed);
    }

    [Fact]
    [Trait("Behaviour", "C-15")]
    [Trait("Behaviour", "C-16")]
    public void C_15_C_16_the_name_is_prefix_and_stamp_and_only_the_owner_may_read_it()
    {
        var checkpoint = Take();

        Assert.Equal(Sample.BackupFolder + "/gw-checkpoint-20250818T175013Z.tgz", checkpoint.Path);
        Assert.Equal("gw-checkpoint-20250818T175013Z", checkpoint.Id);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(checkpoint.Path));
    }

    [Fact]
    [Trait("Behaviour", "C-40")]
    public void C_40_taking_one_again_in_the_same_second_makes_another()
    {
        var first = Take();
        var second = Take();

        Assert.Equal("gw-checkpoint-20250818T175014Z", second.Id);
        Assert.True(File.Exists(first.Path));
        Assert.Equal([second.Id, first.Id], new CheckpointCatalog(Sample.Context).List().Select(checkpoint => checkpoint.Id));
    }

    [Fact]
    [Trait("Behaviour", "C-23")]
    public void C_23_things_are_captured_in_the_order_of_the_document()
    {
        var members = Bash.Run("/", $"tar tzf '{Take().Path}'").Split('\n');
        string[] order = ["snapshot/config/", "snapshot/systemd/", "snapshot/scripts/tests/", "snapshot/scripts/service/", "snapshot/logs/", "snapshot/env/", "snapshot/hxops.json", "snapshot/sha256sums.txt"];

        var positions = order.Select(prefix => Array.FindIndex(members, member => member.StartsWith(prefix, StringComparison.Ordinal))).ToList();

        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
        Assert.Equal("snapshot/sha256sums.txt", members.Last(member => member.Length > 0));
    }

    [Fact]
    [Trait("Behaviour", "C-41")]
    public void C_41_the_backup_folder_is_made_and_never_captured()
    {
        Sample.Deployment = Sample.Deployment with
        {
            Components = [.. Sample.Deployment.Components, new Component("all", "all", ComponentRole.State, [new FileSource(SampleDeployment.Base, Presence.Required)])],
        };
        Take();

        var manifest = Verify(Take()).Manifest;

        Assert.DoesNotContain(manifest.Entries, entry => entry.HostPath?.StartsWith(SampleDeployment.Backups, StringComparison.Ordinal) ?? false);
        Assert.Contains(manifest.Entries, entry => entry.HostPath == SampleDeployment.Venv);
    }

    [Fact]
    [Trait("Behaviour", "C-60")]
    public void C_60_a_further_component_is_a_line_in_the_deployment()
    {
        Sample.Write("/srv/extra/deep/file.txt", "more");
        Sample.Deployment = Sample.Deployment with
        {
            Components = [.. Sample.Deployment.Components, new Component("extra", "my/extra", ComponentRole.State, [new FileSource("/srv/extra", Presence.Required)])],
        };

        Assert.Equal("more", File.ReadAllText(Path.Combine(Extract(Take()), "my/extra/deep/file.txt")));
    }

    [Fact]
    public void All_metadata_is_in_the_manifest()
    {
        var script = Sample.Local(SampleDeployment.Scripts + "/start.sh");
        File.SetUnixFileMode(script, (UnixFileMode)0x9ED); // 4755
        Bash.Run("/", $"touch -d '2001-02-03 04:05:06.123456789 UTC' '{script}'; ln '{script}' '{script}.hard'");
        var hasAttributes = Bash.Try("/", $"setfattr -n user.note -v hello '{script}'").ExitCode == 0;

        var entries = Verify(Take()).Manifest.Entries.ToDictionary(entry => entry.ArchivePath);

        var start = entries["scripts/service/api-gateway/start.sh"];
        var hard = entries["scripts/service/api-gateway/start.sh.hard"];
        var link = entries["systemd/multi-user.target.wants/hx-litellm-gateway.service"];
        Assert.Equal(0x9ED, start.Metadata.Mode);
        Assert.Equal(981173106_123456789, start.Metadata.ModifiedNanoseconds);
        Assert.Equal(Environment.UserName, start.Metadata.UserName);
        Assert.Equal((start.ArchivePath, start.Sha256), (hard.HardLinkTo, hard.Sha256));
        Assert.Equal((FileKind.SymbolicLink, SampleDeployment.Unit), (link.Metadata.Kind, link.Metadata.LinkTarget));
        Assert.Equal(SampleDeployment.Scripts + "/start.sh", start.HostPath);
        Assert.Equal("service-scripts", start.Component);
        if (hasAttributes)
            Assert.Equal("hello"u8.ToArray(), start.Metadata.ExtendedAttributes["user.note"]);
    }

    [Fact]
    public void Sockets_pipes_and_names_that_could_deceive_are_skipped_and_told()
    {
        Bash.Run(Sample.Local(SampleDeployment.Tests), "mkfifo pipe; touch $'two\\nlines'");

        var checkpoint = Take();

        Assert.Equal(2, Verify(checkpoint).Manifest.Skipped.Length);
        Assert.Equal(2, checkpoint.Skipped);
        Assert.Equal(2, Events.Warnings.Count(warning => warning.Id == "NotCaptured"));
    }

    [Fact]
    public async Task A_file_that_is_written_all_the_time_never_breaks_the_archive()
    {
        var path = Sample.Local(SampleDeployment.Tests + "/growing.log");
        File.WriteAllText(path, "start\n");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                File.AppendAllText(path, "one line more\n");
        });

        foreach (var _ in Enumerable.Range(0, 5))
            Extract(Take());

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public void Large_files_are_streamed()
    {
        var content = new byte[9_000_001];
        new Random(5).NextBytes(content);
        File.WriteAllBytes(Sample.Local(SampleDeployment.Tests + "/large.bin"), content);

        Assert.Equal(content, File.ReadAllBytes(Path.Combine(Extract(Take()), "scripts/tests/gateway/large.bin")));
    }
}
