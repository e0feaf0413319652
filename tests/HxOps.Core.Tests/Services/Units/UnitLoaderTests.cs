using HxOps.Errors;
using HxOps.Services;
using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Units;

public sealed class UnitLoaderTests : IDisposable
{
    private const string Unit = "hx-gateway-ml.service";
    private const string File = "/etc/systemd/system/hx-gateway-ml.service";
    private readonly UnitTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    [Trait("Behaviour", "E-06")]
    public void E_06_an_empty_ExecStart_takes_the_first_one_away_and_the_next_holds()
    {
        _tree.Add(File, "[Service]\nExecStart=/opt/pipeline\n").Add(File + ".d/override.conf", "[Service]\nExecStart=\nExecStart=/opt/litellm --port 4010\n");

        var unit = _tree.Loader.Load(Unit);

        var effective = Assert.Single(unit.Effective("Service", "ExecStart"));
        Assert.Equal(("/opt/litellm --port 4010", $"{File}.d/override.conf:3"), (effective.Value, effective.Origin.ToString()));
        Assert.Equal($"{File}.d/override.conf:2", unit.Settings[0].ShadowedBy?.ToString());
    }

    [Fact]
    [Trait("Behaviour", "T-31")]
    public void T_31_a_later_drop_in_that_shadows_the_edited_one_is_named()
    {
        _tree.Add(File, "[Service]\nExecStart=/opt/pipeline\n")
            .Add(File + ".d/override.conf", "[Service]\nExecStart=\nExecStart=/opt/litellm\n")
            .Add(File + ".d/zz-local.conf", "[Service]\nExecStart=\nExecStart=/opt/other\n");

        var unit = _tree.Loader.Load(Unit);

        Assert.Equal("/opt/other", Assert.Single(unit.Effective("Service", "ExecStart")).Value);
        var shadowed = Assert.Single(unit.Settings, setting => setting.Value == "/opt/litellm");
        Assert.Equal($"{File}.d/zz-local.conf:2", shadowed.ShadowedBy?.ToString());
    }

    [Fact]
    public void Without_a_reset_line_a_second_ExecStart_is_refused_with_its_line()
    {
        _tree.Add(File, "[Service]\nExecStart=/opt/pipeline\n").Add(File + ".d/override.conf", "[Service]\nExecStart=/opt/litellm\n");

        var error = Assert.Throws<HxException>(() => ServiceSettings.Of(_tree.Loader.Load(Unit)));

        Assert.Equal((ServiceErrors.UnitFileInvalid, $"{File}.d/override.conf:2"), (error.Id, error.Target));
    }

    [Fact]
    public void Of_a_drop_in_holds_what_stands_before_a_header_without_an_end()
    {
        _tree.Add(File, "[Service]\nUser=a\n").Add(File + ".d/1.conf", "[Service]\nGroup=g\n[Broken\n[Service]\nUser=b\n");

        var unit = _tree.Loader.Load(Unit);

        Assert.Equal(("a", "g"), (unit.Last("Service", "User")?.Value, unit.Last("Service", "Group")?.Value));
        Assert.StartsWith(File + ".d/1.conf:3: ", Assert.Single(unit.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_plain_key_the_last_one_holds_and_a_reset_leaves_none()
    {
        _tree.Add(File, "[Service]\nUser=a\nGroup=g\n").Add(File + ".d/1.conf", "[Service]\nUser=b\nGroup=\n");

        var unit = _tree.Loader.Load(Unit);

        Assert.Equal("b", unit.Last("Service", "User")?.Value);
        Assert.Null(unit.Last("Service", "Group"));
    }

    [Fact]
    public void Drop_ins_take_effect_by_name_whatever_folder_they_lie_in()
    {
        _tree.Add("/lib/systemd/system/" + Unit, "[Service]\nNice=0\n")
            .Add("/etc/systemd/system/hx-.service.d/30-family.conf", "[Service]\nNice=3\n")
            .Add("/run/systemd/system/hx-gateway-ml.service.d/20-run.conf", "[Service]\nNice=2\n")
            .Add("/lib/systemd/system/hx-gateway-ml.service.d/10-lib.conf", "[Service]\nNice=1\n")
            .Add("/lib/systemd/system/service.d/40-all.conf", "[Service]\nNice=4\n")
            .Add("/etc/systemd/system/hx-gateway-ml.service.d/note.txt", "no drop-in");

        var unit = _tree.Loader.Load(Unit);

        Assert.Equal(["10-lib.conf", "20-run.conf", "30-family.conf", "40-all.conf"], unit.DropIns.Select(path => Path.GetFileName(path)));
        Assert.Equal("4", unit.Last("Service", "Nice")?.Value);
    }

    [Fact]
    public void A_drop_in_of_the_same_name_in_a_stronger_folder_replaces_the_weaker_and_an_emptied_one_takes_it_away()
    {
        _tree.Add(File, "[Service]\nNice=0\n")
            .Add("/lib/systemd/system/hx-gateway-ml.service.d/10.conf", "[Service]\nNice=1\n")
            .Add("/etc/systemd/system/hx-gateway-ml.service.d/10.conf", "[Service]\nNice=2\n")
            .Add("/lib/systemd/system/hx-gateway-ml.service.d/20.conf", "[Service]\nNice=3\n")
            .Link("/etc/systemd/system/hx-gateway-ml.service.d/20.conf", "/dev/null");

        var unit = _tree.Loader.Load(Unit);

        Assert.Equal("2", unit.Last("Service", "Nice")?.Value);
        Assert.Equal(["/etc/systemd/system/hx-gateway-ml.service.d/10.conf"], unit.DropIns.AsEnumerable());
    }

    [Fact]
    public void A_unit_linked_to_nothing_is_masked_and_an_absolute_link_is_followed_below_the_root()
    {
        _tree.Link("/etc/systemd/system/masked.service", "/dev/null")
            .Add("/opt/units/real.service", "[Service]\nUser=x\n")
            .Link("/etc/systemd/system/linked.service", "/opt/units/real.service");

        Assert.True(_tree.Loader.Load("masked.service").IsMasked);
        Assert.Equal("x", _tree.Loader.Load("linked.service").Last("Service", "User")?.Value);
    }

    [Fact]
    public void An_instance_is_made_of_its_template()
    {
        _tree.Add("/etc/systemd/system/worker@.service", "[Service]\nExecStart=/bin/worker --name %i --unit %n --part %%p%p\n");

        var command = Assert.Single(ServiceSettings.Of(_tree.Loader.Load("worker@blue.service")).Start);

        Assert.Equal(["--name", "blue", "--unit", "worker@blue.service", "--part", "%pworker"], command.Arguments.AsEnumerable());
    }

    [Fact]
    public void Enablement_is_a_link_in_a_wants_folder()
    {
        _tree.Add(File, "[Service]\n");
        Assert.False(_tree.Loader.IsEnabled(Unit));

        _tree.Link("/etc/systemd/system/multi-user.target.wants/" + Unit, File);

        Assert.True(_tree.Loader.IsEnabled(Unit));
    }

    [Theory]
    [InlineData("missing.service")]
    [InlineData("../../etc/passwd.service")]
    [InlineData("no-type")]
    [InlineData("bad name.service")]
    public void What_is_no_unit_is_not_found(string name)
    {
        var error = Assert.Throws<HxException>(() => _tree.Loader.Load(name));

        Assert.Equal((ServiceErrors.UnitNotFound, name), (error.Id, error.Target));
    }

    [Fact]
    public void A_unit_file_without_end_or_text_is_refused()
    {
        _tree.Add(File, new string('#', 2 << 20));
        Assert.Equal(ServiceErrors.UnitFileInvalid, Assert.Throws<HxException>(() => _tree.Loader.Load(Unit)).Id);

        _tree.Add(File, "[Service]\nUser=\0\n");
        Assert.Equal(ServiceErrors.UnitFileInvalid, Assert.Throws<HxException>(() => _tree.Loader.Load(Unit)).Id);
    }
}
