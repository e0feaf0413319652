using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Restoring;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

public sealed class RestoreOwnersTests : RestoreBench
{
    private readonly MetadataReader _metadata = new(new AccountDirectory());

    [Fact]
    [Trait("Behaviour", "C-32"), Trait("Behaviour", "T-24")]
    public void C_32_and_T_24_policy_sets_the_mode_of_the_configuration_and_warns_where_another_was_recorded()
    {
        var checkpoint = TakeWithModes();
        SetPolicy("config", new OwnershipPolicy(User, Group, 0x1A4, null, null)); // 644

        var plan = Plan(checkpoint, FilesOnly);
        Run(plan);

        Assert.Equal(0x1A4, Mode(SampleDeployment.Config));
        Assert.Contains(plan.Warnings, warning => warning.Contains("policy sets mode 644 where 600 was recorded", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "T-24")]
    public void T_24_where_no_policy_speaks_the_recorded_mode_comes_back()
    {
        var checkpoint = TakeWithModes();
        SetPolicy("config", new OwnershipPolicy(User, Group, 0x1A4, null, null));
        Sample.Write(SampleDeployment.EnvironmentFile, "X=1\n", 0x1A4);

        Restore(checkpoint);

        Assert.Equal(0x1A0, Mode(SampleDeployment.EnvironmentFile)); // 640
    }

    [Fact]
    public void Below_a_root_that_has_accounts_of_its_own_a_name_means_one_of_them()
    {
        var present = _metadata.Read(Sample.Local(SampleDeployment.Config));
        Sample.Write("/etc/passwd", $"only-there:x:{present.UserId}:{present.GroupId}::/:/bin/sh\n");
        Sample.Write("/etc/group", $"only-there:x:{present.GroupId}:\n");
        var checkpoint = TakeWithModes();
        SetPolicy("config", new OwnershipPolicy("only-there", "only-there", 0x1A4, null, null));

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint, FilesOnly with { Components = ["config"] }).Outcome);

        SetPolicy("config", new OwnershipPolicy("nowhere", "only-there", 0x1A4, null, null));
        Assert.Equal(RestoreErrors.OwnerUnknown, Assert.Throws<HxException>(() => Plan(checkpoint, FilesOnly)).Id);
    }

    [Fact]
    public void Below_a_root_that_has_accounts_of_its_own_a_number_is_called_as_it_is_there()
    {
        var present = _metadata.Read(Sample.Local(SampleDeployment.Config));
        Sample.Write("/etc/passwd", $"{present.UserName}:x:4242:4242::/:/bin/sh\nonly-there:x:{present.UserId}:{present.GroupId}::/:/bin/sh\n");
        Sample.Write("/etc/group", $"{present.GroupName}:x:4242:\n");

        var checkpoint = Take();

        var recorded = Verify(checkpoint).Manifest.Entries.Single(entry => entry.HostPath == SampleDeployment.Config).Metadata;
        Assert.Equal(("only-there", present.UserId, null, present.GroupId), (recorded.UserName, recorded.UserId, recorded.GroupName, recorded.GroupId));
        Assert.Empty(Plan(checkpoint, FilesOnly).Changes);
    }

    [Fact]
    [Trait("Behaviour", "C-33"), Trait("Behaviour", "C-34")]
    public void C_33_and_C_34_scripts_get_755_by_their_ending_or_their_first_line()
    {
        Sample.Write(SampleDeployment.Tests + "/orchestrate", "#!/usr/bin/env python3\n", 0x1A4);
        Sample.Write(SampleDeployment.Tests + "/run_all.sh", "no first line\n", 0x180);
        var checkpoint = Take();
        SetPolicy("tests", new OwnershipPolicy(User, Group, 0x1A4, 0x1ED, 0x1ED));
        SetPolicy("service-scripts", new OwnershipPolicy(User, Group, 0x1ED, 0x1ED, 0x1ED));
        Sample.Write(SampleDeployment.Tests + "/orchestrate", "changed, so that it is written anew", 0x180);
        File.SetUnixFileMode(Sample.Local(SampleDeployment.Scripts + "/start.sh"), (UnixFileMode)0x180);

        Restore(checkpoint);

        Assert.Equal(0x1ED, Mode(SampleDeployment.Tests + "/orchestrate"));
        Assert.Equal(0x1ED, Mode(SampleDeployment.Tests + "/run_all.sh"));
        Assert.Equal(0x1A4, Mode(SampleDeployment.Tests + "/config/test.env"));
        Assert.Equal(0x1ED, Mode(SampleDeployment.Scripts + "/start.sh"));
        Assert.Equal(RestoreOutcome.AlreadyThere, Restore(checkpoint).Outcome);
    }

    [SkippableFact]
    [Trait("Behaviour", "C-32"), Trait("Behaviour", "C-34")]
    public void C_32_to_C_34_policy_sets_the_owner()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        var checkpoint = Take();
        SetPolicy("config", new OwnershipPolicy("root", "daemon", 0x1A4, null, null));
        SetPolicy("tests", new OwnershipPolicy("daemon", "daemon", null, 0x1ED, null));

        Restore(checkpoint);

        var daemon = new AccountDirectory();
        var config = _metadata.Read(Sample.Local(SampleDeployment.Config));
        var script = _metadata.Read(Sample.Local(SampleDeployment.Tests + "/run_all.sh"));
        Assert.Equal((0u, daemon.GroupId("daemon")), (config.UserId, config.GroupId));
        Assert.Equal((daemon.UserId("daemon"), daemon.GroupId("daemon")), (script.UserId, script.GroupId));
    }

    [Fact]
    [Trait("Behaviour", "C-35")]
    public void C_35_the_log_folder_is_made_with_the_mode_of_its_policy()
    {
        var checkpoint = Take();
        SetPolicy("logs", new OwnershipPolicy(User, Group, null, null, 0x1ED));
        Directory.Delete(Sample.Local(SampleDeployment.Logs), recursive: true);

        Restore(checkpoint);

        Assert.Equal(0x1ED, Mode(SampleDeployment.Logs));
        Assert.Empty(Directory.GetFileSystemEntries(Sample.Local(SampleDeployment.Logs)));
    }

    [Fact]
    public void An_owner_that_the_host_lacks_is_a_refusal_that_names_it_unless_mapped()
    {
        var checkpoint = Take();
        SetPolicy("config", new OwnershipPolicy("no-such-user-hx", "no-such-group-hx", null, null, null));
        Sample.Write(SampleDeployment.Config, "changed");

        var refusal = Assert.Throws<HxException>(() => Restore(checkpoint));
        Assert.Same(RestoreErrors.OwnerUnknown, refusal.Id);
        Assert.Contains("no-such-user-hx", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-group-hx", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-MapOwner", refusal.Remedy, StringComparison.Ordinal);
        Assert.Equal("changed", Sample.Read(SampleDeployment.Config));

        Restore(checkpoint, FilesOnly with { OwnerMap = Map("no-such-user-hx", $"{User}:{Group}") });
        Assert.StartsWith("model_list", Sample.Read(SampleDeployment.Config), StringComparison.Ordinal);
    }

    [Fact]
    public void The_star_stands_for_every_owner()
    {
        var checkpoint = Take();
        SetPolicy("config", new OwnershipPolicy("no-such-user-hx", "no-such-group-hx", null, null, null));
        Sample.Write(SampleDeployment.Config, "changed");

        Assert.Equal(RestoreOutcome.Restored, Restore(checkpoint, FilesOnly with { OwnerMap = Map("*", User) }).Outcome);
    }

    [SkippableFact]
    public void Set_user_id_nanoseconds_hard_links_and_owners_come_back()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        Bash.Run(Sample.Local(SampleDeployment.Scripts), "cp start.sh tool; chown 4321:8765 tool; chmod 6751 tool; ln tool twin; touch -d '1968-01-02 03:04:05.123456789' tool; ln -s gone dangling");
        var before = TreeSnapshot.Of(Sample.Local(SampleDeployment.Scripts));
        var checkpoint = Take();
        Bash.Run(Sample.Local(SampleDeployment.Scripts), "rm tool twin dangling; echo other > tool");

        Restore(checkpoint);

        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Scripts)).Differences(before));
    }

    [SkippableFact]
    public void Access_lists_of_files_and_folders_come_back_with_the_set_user_id_bit()
    {
        var tool = Sample.Local(SampleDeployment.Scripts + "/start.sh");
        var folder = Sample.Local(SampleDeployment.Tests + "/core");
        Skip.IfNot(TrySetList(tool, "system.posix_acl_access") && TrySetList(folder, "system.posix_acl_default"), "needs a file system with access lists");
        File.SetUnixFileMode(tool, File.GetUnixFileMode(tool) | UnixFileMode.SetUser);
        var (scripts, tests) = (TreeSnapshot.Of(Sample.Local(SampleDeployment.Scripts)), TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests)));
        var checkpoint = Take();
        Sample.Write(SampleDeployment.Scripts + "/start.sh", "changed", 0x180);
        Bash.Run(Sample.Local(SampleDeployment.Scripts), "rm start.sh; echo changed > start.sh; rm -r ../../tests/gateway/core");

        Restore(checkpoint);

        Assert.Contains("system.posix_acl_access", _metadata.Read(tool).ExtendedAttributes.Keys);
        Assert.Contains("system.posix_acl_default", _metadata.Read(folder).ExtendedAttributes.Keys);
        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Scripts)).Differences(scripts));
        Assert.Empty(TreeSnapshot.Of(Sample.Local(SampleDeployment.Tests)).Differences(tests));
    }

    // The kernel's form: version 2, then tag, permissions and id of owner, one user, group, mask and others.
    private bool TrySetList(string path, string attribute)
    {
        byte[] list =
        [
            2, 0, 0, 0, .. Right(0x01, 7, uint.MaxValue), .. Right(0x02, 4, 4321), .. Right(0x04, 5, uint.MaxValue), .. Right(0x10, 5, uint.MaxValue),
            .. Right(0x20, 0, uint.MaxValue),
        ];
        var setting = MetadataSetting.Of(_metadata.Read(path));
        try
        {
            new MetadataWriter(_metadata).Apply(path, setting with
            {
                Mode = (setting.Mode & ~0x1FF) | 0x1E8, // 750, as the list says
                ExtendedAttributes = ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty.Add(attribute, [.. list]),
            });
            return _metadata.Read(path).ExtendedAttributes.ContainsKey(attribute);
        }
        catch (HxException)
        {
            return false;
        }
    }

    private static byte[] Right(ushort tag, ushort permissions, uint id) =>
        [.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(permissions), .. BitConverter.GetBytes(id)];

    private static string User { get; } = Environment.UserName;

    private static string Group { get; } = GroupOfThisProcess();

    private static string GroupOfThisProcess()
    {
        var file = Path.GetTempFileName();
        var group = new MetadataReader(new AccountDirectory()).Read(file).GroupName;
        File.Delete(file);
        return group ?? "root";
    }

    private HxOps.Checkpoints.CheckpointInfo TakeWithModes()
    {
        File.SetUnixFileMode(Sample.Local(SampleDeployment.Config), (UnixFileMode)0x180);
        return Take();
    }

    private int Mode(string hostPath) => _metadata.Read(Sample.Local(hostPath)).Mode;

    private static ImmutableSortedDictionary<string, string> Map(string owner, string to) => ImmutableSortedDictionary<string, string>.Empty.Add(owner, to);
}
