using System.Globalization;
using System.Text;
using HxOps.Deployments;

namespace HxOps.Services.Installing;

/// <summary>Writes the unit file of a gateway service. The same definition always gives the same text.</summary>
public static class UnitText
{
    /// <summary>The unit file, ready for <c>/etc/systemd/system</c>.</summary>
    /// <param name="service">The service.</param>
    public static string Of(GatewayService service)
    {
        var text = new StringBuilder();
        Section(text, "Unit",
            ("Description", service.Description),
            ("After", Join(service.After)),
            ("Wants", Join(service.Wants)));
        Section(text, "Service",
            ("Type", "simple"),
            ("User", service.Account.User),
            ("Group", service.Account.Group),
            ("WorkingDirectory", service.WorkingFolder),
            ("EnvironmentFile", service.Environment.Path),
            ("ExecStart", CommandLine.Quote(service.Command)),
            ("TimeoutStartSec", Seconds(service.Limits.Start)),
            ("TimeoutStopSec", Seconds(service.Limits.Stop)),
            ("LimitNOFILE", service.Limits.OpenFiles.ToString(CultureInfo.InvariantCulture)),
            ("MemoryMax", service.Limits.Memory ?? ""),
            ("NoNewPrivileges", "true"),
            ("PrivateTmp", "true"),
            ("ProtectSystem", "full"),
            ("ProtectHome", "true"));
        Section(text, "Install", ("WantedBy", Join(service.WantedBy)));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string name, params ReadOnlySpan<(string Key, string Value)> settings)
    {
        if (text.Length > 0)
            text.Append('\n');

        text.Append(CultureInfo.InvariantCulture, $"[{name}]\n");
        foreach (var (key, value) in settings)
        {
            if (value.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"{key}={value}\n");
        }
    }

    private static string Join(IEnumerable<string> units) => string.Join(' ', units);

    private static string Seconds(TimeSpan limit) => limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
