using Xunit;

namespace HxOps.Module.Tests;

/// <summary>Runs the Pester suites: cmdlets run only in a real engine.</summary>
public sealed class PesterSuites
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Locate("Pester"), "*.Tests.ps1").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Passes_in_pwsh(string file)
    {
        Assert.False(Pwsh.IsRequired && Pwsh.Absence is not null, Pwsh.Absence);
        Skip.If(Pwsh.Absence is not null, Pwsh.Absence);

        var (exitCode, output) = await Pwsh.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "Invoke-Suite.ps1"), [Path.Combine(Repository.Locate("Pester"), file)], s_deadline);

        Assert.True(exitCode == 0, output);
    }
}
