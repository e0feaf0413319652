using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Files.Metadata;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Checkpoints;

/// <summary>Archives made with the old kit's own steps.</summary>
public sealed class KitArchiveTests : CheckpointBench
{
    [Fact]
    [Trait("Behaviour", "C-13")]
    [Trait("Behaviour", "C-38")]
    public void C_13_C_38_an_archive_of_the_kit_is_proven_and_its_files_are_placed_on_the_host()
    {
        var checkpoint = new CheckpointCatalog(Sample.Context).Find(MakeWithKit());

        var verified = Verify(checkpoint);

        Assert.Equal(CheckpointFormat.Kit, verified.Info.Format);
        var places = verified.Manifest.Entries.Where(entry => entry.Sha256 is not null).ToDictionary(entry => entry.ArchivePath, entry => (entry.HostPath, entry.Component));
        Assert.Equal((SampleDeployment.Config, "config"), places["config/config.yaml"]);
        Assert.Equal((SampleDeployment.Unit, "systemd"), places["systemd/hx-litellm-gateway.service"]);
        Assert.Equal((SampleDeployment.Tests + "/core/test_models.sh", "tests"), places["scripts/tests/gateway/core/test_models.sh"]);
        Assert.Equal((SampleDeployment.Scripts + "/start.sh", "service-scripts"), places["scripts/service/api-gateway/start.sh"]);
        Assert.Equal((SampleDeployment.Logs + "/gw-smoke-20250815.log", "logs"), places["logs/gw-smoke-20250815.log"]);
        Assert.Equal((null, null), places["env/pip-freeze.txt"]);
        Assert.Equal(0x1ED, verified.Manifest.Entries.Single(entry => entry.ArchivePath == "scripts/service/api-gateway/start.sh").Metadata.Mode);
        Assert.Contains(verified.Manifest.Entries, entry => entry is { ArchivePath: "scripts/tests/gateway", HostPath: SampleDeployment.Tests, Metadata.Kind: FileKind.Directory });
    }

    [Fact]
    [Trait("Behaviour", "C-26")]
    public void C_26_an_archive_of_the_kit_is_listed_beside_ours()
    {
        MakeWithKit();
        Take();

        var list = new CheckpointCatalog(Sample.Context).List();

        Assert.Equal([CheckpointFormat.HxOps, CheckpointFormat.Kit], list.Select(checkpoint => checkpoint.Format));
        Assert.All(list, checkpoint => Assert.Equal("", checkpoint.Problem));
        Assert.True(list[1].Files > 8);
    }

    private string MakeWithKit()
    {
        Directory.CreateDirectory(Sample.BackupFolder);
        var root = Sample.Root.Folder;
        Bash.Run(
            root,
            $"""
            umask 022
            tmp=$(mktemp -d); s="$tmp/snapshot"
            mkdir -p "$s"/config "$s"/systemd "$s"/scripts/tests/gateway "$s"/scripts/service/api-gateway "$s"/logs "$s"/env "$s"/runtime
            cp .{SampleDeployment.Config} "$s/config/"
            cp .{SampleDeployment.Units}/hx-litellm-gateway.service .{SampleDeployment.Units}/hx-gateway-smoke.* "$s/systemd/"
            cp -r .{SampleDeployment.Tests}/* "$s/scripts/tests/gateway/"
            cp -r .{SampleDeployment.Scripts}/* "$s/scripts/service/api-gateway/"
            ls -t .{SampleDeployment.Logs}/gw-smoke-*.log | head -3 | xargs cp -t "$s/logs/"
            echo litellm==1.75.8 > "$s/env/pip-freeze.txt"; echo 1.75.8 > "$s/env/litellm-version.txt"
            printf '%s' '{"{"}"data":[]{"}"}' > "$s/runtime/models.json"
            (cd "$s" && find . -type f -exec sha256sum {"{}"} \; > sha256sums.txt)
            tar czf .{SampleDeployment.Backups}/gw-checkpoint-20250701T120000Z.tgz -C "$tmp" snapshot
            rm -rf "$tmp"
            """);
        return "gw-checkpoint-20250701T120000Z";
    }
}
