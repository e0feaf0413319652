using System.Text;
using HxOps.Files.Locking;
using HxOps.Services;
using HxOps.Services.Installing;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services.Installing;

/// <summary>What becomes of an installation that was killed, when somebody comes by.</summary>
public sealed class InterruptedChangeTests : IDisposable
{
    private const string UnitFile = EntryPointDeployment.UnitFile;
    private const string Other = "/etc/systemd/system/hx-other-gateway.service";
    private readonly ScratchFolder _root = new();
    private readonly EventLog _events = new();
    private readonly DeploymentContext _context;

    public InterruptedChangeTests()
    {
        _context = EntryPointDeployment.At(_root.Path, 4010);
        Directory.CreateDirectory(_context.StateFolder);
        Write(UnitFile, "[Service]\nExecStart=/bin/old\n");
        Write(Other, "[Service]\nExecStart=/bin/old\n");
        var plan = new ServicePlan
        {
            Id = EntryPointDeployment.Unit,
            Request = new InstallRequest { Action = InstallAction.Install },
            Steps = ["change both"],
            Changes = [Change(UnitFile), Change(Other)],
        };
        new ChangeJournal(_context).Keep(plan, wasRunning: false);
        Write(UnitFile, "[Service]\nExecStart=/bin/new\n");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task What_was_written_is_put_back()
    {
        Assert.True(await TakeBackAsync());

        Assert.Equal("ServiceChangeTakenBack", Assert.Single(_events.Warnings).Id);
        Assert.Contains("/bin/old", Read(UnitFile), StringComparison.Ordinal);
        Assert.False(await TakeBackAsync());
    }

    [Fact]
    public async Task What_somebody_has_decided_since_stays_and_so_does_the_rest()
    {
        Write(Other, "[Service]\nExecStart=/bin/restored\n");

        Assert.True(await TakeBackAsync());

        var warning = Assert.Single(_events.Warnings);
        Assert.Equal("ServiceChangeSuperseded", warning.Id);
        Assert.Contains(Other, warning.Message, StringComparison.Ordinal);
        Assert.Contains("/bin/new", Read(UnitFile), StringComparison.Ordinal);
        Assert.Contains("/bin/restored", Read(Other), StringComparison.Ordinal);
        Assert.False(await TakeBackAsync());
    }

    [Fact]
    public async Task A_unit_of_before_that_does_not_start_is_told_and_is_no_obstacle()
    {
        var kept = new ServicePlan { Id = EntryPointDeployment.Unit, Request = new InstallRequest { Action = InstallAction.Install }, Steps = [], Changes = [Change(Other)] };
        Write(UnitFile, "[Service]\nExecStart=/none/program\n");
        new ChangeJournal(_context).Keep(kept, wasRunning: true);

        Assert.True(await TakeBackAsync());

        Assert.Contains("/none/program", Assert.Single(_events.Warnings).Message, StringComparison.Ordinal);
        Assert.False(await TakeBackAsync());
    }

    private async Task<bool> TakeBackAsync()
    {
        using var lease = DeploymentLock.Acquire(_context.StateFolder, "a test");
        return await new InterruptedWork(_context).TakeBackAsync(lease, _events);
    }

    private PathChange Change(string path) =>
        new(path, FileImage.Read(Local(path)), new FileImage { Content = Encoding.UTF8.GetBytes("[Service]\nExecStart=/bin/new\n"), Mode = (int)File.GetUnixFileMode(Local(path)) }, "");

    private string Local(string path) => _context.Root.Locate(path);

    private string Read(string path) => File.ReadAllText(Local(path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Local(path))!);
        File.WriteAllText(Local(path), text);
    }
}
