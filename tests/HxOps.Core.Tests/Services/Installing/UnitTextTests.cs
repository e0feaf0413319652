using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Services.Installing;
using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Installing;

public sealed class UnitTextTests
{
    private static readonly GatewayService Service = new()
    {
        Unit = "hx-gateway-ml.service",
        Description = "HX Gateway Wrapper",
        Command = ["/opt/HX-Infrastructure-/api-gateway/gateway/venv/bin/python", "-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", "4010"],
        WorkingFolder = "/opt/HX-Infrastructure-/api-gateway/gateway/src",
        Port = 4010,
        Account = new ServiceAccount("hx-gateway", "hx-gateway", "/bin/false"),
        After = ["network-online.target", "hx-litellm-gateway.service"],
        Wants = ["network-online.target"],
        WantedBy = ["multi-user.target"],
        Environment = new ServiceEnvironment("/etc/hx-gateway-ml.env", "root", "hx-gateway", 0x1A0,
            ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty.Add("MASTER_KEY", "masterKey")),
        Limits = new ServiceLimits(65536, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), null),
        EntryPoints = [],
        History = [],
    };

    [Theory]
    [InlineData("S-02", "Unit", "After", "network-online.target hx-litellm-gateway.service")]
    [InlineData("S-03", "Unit", "Wants", "network-online.target")]
    [InlineData("S-04", "Install", "WantedBy", "multi-user.target")]
    [InlineData("S-06", "Service", "User", "hx-gateway")]
    [InlineData("S-06", "Service", "Group", "hx-gateway")]
    [InlineData("S-08", "Service", "NoNewPrivileges", "true")]
    [InlineData("S-09", "Service", "PrivateTmp", "true")]
    [InlineData("S-10", "Service", "ProtectSystem", "full")]
    [InlineData("S-11", "Service", "ProtectHome", "true")]
    [InlineData("S-12", "Service", "LimitNOFILE", "65536")]
    [InlineData("S-13", "Service", "TimeoutStartSec", "30")]
    [InlineData("S-14", "Service", "TimeoutStopSec", "30")]
    [InlineData("S-15", "Service", "EnvironmentFile", "/etc/hx-gateway-ml.env")]
    [InlineData("S-19", "Service", "WorkingDirectory", "/opt/HX-Infrastructure-/api-gateway/gateway/src")]
    public void The_unit_says_what_the_service_documentation_asks(string behaviour, string section, string key, string value)
    {
        var settings = UnitFileParser.Parse(UnitText.Of(Service), Service.Unit).Where(setting => setting.Section == section && setting.Key == key);

        Assert.True(settings.Single().Value == value, behaviour);
    }

    [Theory]
    [InlineData("Requires")]
    [InlineData("BindsTo")]
    [InlineData("Environment")]
    [InlineData("MemoryLimit")]
    [Trait("Behaviour", "S-03"), Trait("Behaviour", "S-15"), Trait("Behaviour", "S-45")]
    public void S_03_S_15_S_45_the_unit_neither_depends_hard_nor_holds_credentials_nor_uses_old_names(string key) =>
        Assert.DoesNotContain(UnitFileParser.Parse(UnitText.Of(Service), Service.Unit), setting => setting.Key == key);

    [Fact]
    [Trait("Behaviour", "S-43"), Trait("Behaviour", "S-44"), Trait("Behaviour", "S-45")]
    public void S_43_S_44_S_45_tuning_is_a_matter_of_the_definition()
    {
        var tuned = Service with { Command = [.. Service.Command, "--workers", "4"], Limits = Service.Limits with { OpenFiles = 131072, Memory = "512M" } };

        var text = UnitText.Of(tuned);

        Assert.Contains("--workers 4\n", text, StringComparison.Ordinal);
        Assert.Contains("LimitNOFILE=131072\n", text, StringComparison.Ordinal);
        Assert.Contains("MemoryMax=512M\n", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "S-37")]
    public void S_37_every_argument_survives_systemds_reading()
    {
        string[] awkward = ["/bin/x", "a b", "100%", "$HOME", "say \"hi\"", "it's", "back\\slash", "", ";"];

        var read = UnitWords.Split(CommandLine.Quote(awkward), new UnitOrigin("x", 1)).Select(word => word.Replace("%%", "%", StringComparison.Ordinal).Replace("$$", "$", StringComparison.Ordinal));

        Assert.Equal(awkward, read);
    }
}
