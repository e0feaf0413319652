using System.Collections.Immutable;
using System.Formats.Tar;
using HxOps.Checkpoints.Listing;
using HxOps.Deployments;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Restoring;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>Restores archives that the old kit's own steps made.</summary>
public sealed class KitArchiveRestoreTests : RestoreBench
{
    private const string Archive = "gw-checkpoint-20250701T120000Z";

    private static readonly string[] Restored = [SampleDeployment.Config, SampleDeployment.Units + "/hx-*gateway*", SampleDeployment.Tests, SampleDeployment.Scripts];

    [Fact]
    [Trait("Behaviour", "C-26"), Trait("Behaviour", "C-32"), Trait("Behaviour", "C-33"), Trait("Behaviour", "C-34")]
    public void C_26_an_archive_of_the_kit_comes_back_byte_for_byte_with_the_owners_and_modes_of_the_policy()
    {
        var (user, group) = Account();
        Bash.Run(Sample.Local(SampleDeployment.Tests), "ln core/test_models.sh core/test_twin.sh; chmod 600 run_all.sh");
        MakeWithKit();
        var before = Sums();
        SetPolicy("config", new OwnershipPolicy(user, group, 0x1A0, null, null));
        SetPolicy("tests", new OwnershipPolicy(user, group, 0x1A4, 0x1ED, 0x1ED));
        SetPolicy("service-scripts", new OwnershipPolicy(user, group, 0x1A4, 0x1E8, 0x1ED));
        Sample.Write(SampleDeployment.Config, "changed");
        Bash.Run(Sample.Root.Folder, $"rm -r .{SampleDeployment.Tests} .{SampleDeployment.Scripts}/start.sh .{SampleDeployment.Units}/hx-gateway-ml.service.d");

        var result = Restore(new CheckpointCatalog(Sample.Context).Find(Archive));

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        Assert.Equal(before, Sums());
        var reader = new MetadataReader(new AccountDirectory());
        var (one, twin) = (reader.Read(Sample.Local(SampleDeployment.Tests + "/core/test_models.sh")), reader.Read(Sample.Local(SampleDeployment.Tests + "/core/test_twin.sh")));
        Assert.Equal(one.Identity, twin.Identity);
        Assert.Equal((0x1ED, user, group), (one.Mode, one.UserName, one.GroupName));
        Assert.Equal((0x1A0, user, group), Ownership(SampleDeployment.Config));
        Assert.Equal((0x1ED, user, group), Ownership(SampleDeployment.Tests + "/run_all.sh"));
        Assert.Equal((0x1A4, user, group), Ownership(SampleDeployment.Tests + "/config/test.env"));
        Assert.Equal((0x1E8, user, group), Ownership(SampleDeployment.Scripts + "/start.sh"));
    }

    [Fact]
    [Trait("Behaviour", "C-26")]
    public void C_26_a_hard_link_whose_name_comes_before_that_of_its_file_has_all_of_the_content()
    {
        const string Folder = "snapshot/scripts/tests/gateway/";
        var content = "#!/bin/sh\n" + new string('x', 6000);
        Directory.CreateDirectory(Sample.BackupFolder);
        using (var tar = new TarText())
        {
            tar.File(Folder + "run_all.sh", content).List(Folder + "a.sh", content).Link(TarEntryType.HardLink, Folder + "a.sh", Folder + "run_all.sh")
                .Save(Path.Combine(Sample.BackupFolder, Archive + ".tgz"));
        }

        Restore(new CheckpointCatalog(Sample.Context).Find(Archive), FilesOnly with { OwnerMap = ImmutableSortedDictionary<string, string>.Empty.Add("*", Bash.Run("/", "id -un").Trim()) });

        Assert.Equal(content, Sample.Read(SampleDeployment.Tests + "/a.sh"));
        Assert.Equal(content, Sample.Read(SampleDeployment.Tests + "/run_all.sh"));
    }

    // As root the files are another account's, so that the policy has something to do.
    private static (string User, string Group) Account() => Environment.IsPrivilegedProcess
        ? ("daemon", "daemon")
        : (Bash.Run("/", "id -un").Trim(), Bash.Run("/", "id -gn").Trim());

    private (int Mode, string? User, string? Group) Ownership(string hostPath)
    {
        var metadata = new MetadataReader(new AccountDirectory()).Read(Sample.Local(hostPath));
        return (metadata.Mode, metadata.UserName, metadata.GroupName);
    }

    private string Sums() => Bash.Run(Sample.Root.Folder, $"find {string.Join(' ', Restored.Select(path => "." + path))} -type f | sort | xargs sha256sum");

    private void MakeWithKit()
    {
        Directory.CreateDirectory(Sample.BackupFolder);
        Bash.Run(
            Sample.Root.Folder,
            $$"""
            tmp=$(mktemp -d); s="$tmp/snapshot"
            mkdir -p "$s"/config "$s"/systemd "$s"/scripts/tests "$s"/scripts/service "$s"/env
            cp -a .{{SampleDeployment.Config}} "$s/config/"
            cp -a .{{SampleDeployment.Units}}/hx-*gateway* "$s/systemd/"
            cp -a .{{SampleDeployment.Tests}} "$s/scripts/tests/"
            cp -a .{{SampleDeployment.Scripts}} "$s/scripts/service/"
            echo litellm==1.75.8 > "$s/env/pip-freeze.txt"
            (cd "$s" && find . -type f ! -name sha256sums.txt -exec sha256sum {} + > sha256sums.txt)
            tar czf .{{SampleDeployment.Backups}}/{{Archive}}.tgz -C "$tmp" snapshot
            rm -r "$tmp"
            """);
    }
}
