using HxOps.Errors;
using HxOps.Services;
using HxOps.Services.Installing;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services.Installing;

public sealed class EnvironmentPlanTests : IDisposable
{
    private readonly ScratchFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void An_environment_file_that_is_a_link_is_refused_and_what_it_leads_to_stays()
    {
        var kept = _root["srv/kept.env"];
        var link = _root[EntryPointDeployment.EnvironmentFile[1..]];
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.WriteAllText(kept, "PORT=4010\nOPERATORS_OWN=1\n");
        File.CreateSymbolicLink(link, kept);

        var error = Assert.Throws<HxException>(() => new ServicePlanner(EntryPointDeployment.At(_root.Path, 4010)).Plan(new InstallRequest { Action = InstallAction.Install }));

        Assert.Equal((ServiceErrors.EnvironmentLinked, EntryPointDeployment.EnvironmentFile), (error.Id, error.Target));
        Assert.Contains(kept, error.Message, StringComparison.Ordinal);
        Assert.Equal(kept, new FileInfo(link).LinkTarget);
    }
}
