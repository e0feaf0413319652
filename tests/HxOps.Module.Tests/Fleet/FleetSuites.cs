using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Module.Tests.Fleet;

/// <summary>Runs the Pester suites that need hosts: on a machine that reaches three others by ssh.</summary>
public sealed class FleetSuites(SystemdFleet fleet) : IClassFixture<SystemdFleet>
{
    private const string Suites = "/opt/hxops-suites";
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Locate("Pester/Fleet"), "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Passes_in_pwsh_over_ssh(string file)
    {
        Assert.False(Pwsh.IsRequired && Pwsh.Absence is not null, Pwsh.Absence);
        Skip.If(Pwsh.Absence is not null, Pwsh.Absence);
        Skip.If(fleet.Absence is not null, fleet.Absence);
        await fleet.InstallAsync(Repository.Top);
        fleet.Lay(SystemdFleet.Control, Repository.Locate("Pester/Fleet"), Suites);
        fleet.Lay(SystemdFleet.Control, Repository.Locate("src/runbooks"), Suites + "/runbooks");
        fleet.Lay(SystemdFleet.Control, Path.Combine(AppContext.BaseDirectory, "Invoke-Suite.ps1"), Suites + "/Invoke-Suite.ps1");

        var run = await fleet.RunAsync(SystemdFleet.Control, new ToolCommand("pwsh", ["-NoProfile", "-NonInteractive", "-File", Suites + "/Invoke-Suite.ps1", $"{Suites}/{file}"])
        {
            Deadline = s_deadline,
        });

        Assert.True(run.Succeeded, run.Output + run.Error);
    }
}
