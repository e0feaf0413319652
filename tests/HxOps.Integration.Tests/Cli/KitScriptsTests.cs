using System.Diagnostics;
using HxOps.Integration.Tests.Docs;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>The scripts with the old kit's names, run by a shell as an operator would run them.</summary>
public sealed class KitScriptsTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Top, "src", "runbooks", "kit");
    private readonly PracticeFiles _practice = new();

    [Fact]
    [Trait("Behaviour", "C-18"), Trait("Behaviour", "C-59")]
    public async Task C_18_C_59_the_kits_three_scripts_work_alone_and_in_sequence()
    {
        var made = await RunAsync("make_checkpoint.sh", "--note", "by the old name");
        _practice.Write(PracticeFiles.Config, "model_list: []\n");
        var restored = await RunAsync("restore_checkpoint.sh", "--map-owner", $"*={Environment.UserName}");
        var validated = await RunAsync("validate_restore.sh");

        Assert.True(made.ExitCode == 0, made.All);
        Assert.True(restored.ExitCode == 0, restored.All);
        Assert.True(validated.ExitCode == 0, validated.All);
        Assert.Contains("small", _practice.Read(PracticeFiles.Config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("make_checkpoint.sh")]
    [InlineData("restore_checkpoint.sh")]
    [InlineData("validate_restore.sh")]
    [Trait("Behaviour", "C-19")]
    public void C_19_they_may_be_run_by_everybody_and_written_by_their_owner(string script) =>
        Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(Path.Combine(Folder, script)) | UnixFileMode.UserWrite);

    [SkippableFact]
    [Trait("Behaviour", "C-20")]
    public async Task C_20_without_the_rights_it_needs_nothing_is_made_and_the_remedy_is_to_be_root()
    {
        var gateway = _practice.Local("/srv/gateway");
        File.SetUnixFileMode(Path.GetDirectoryName(_practice.Root)!, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(gateway, (UnixFileMode)0x16D); // 555
        using var process = StartAsOrdinaryUser([.. _practice.Globals, "checkpoint", "new"]);
        process.StandardInput.Close();

        var run = await HxopsProcess.EndAsync(process);

        File.SetUnixFileMode(gateway, (UnixFileMode)0x1ED);
        Skip.If(run.Error.Contains("could not be found", StringComparison.Ordinal), "needs a dotnet and a build that every user may read");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("AccessDenied", run.Error, StringComparison.Ordinal);
        Assert.Contains("as root", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_practice.Backups));
    }

    public void Dispose() => _practice.Dispose();

    private async Task<HxopsRun> RunAsync(string script, params string[] arguments)
    {
        // The scripts take hxops from the PATH; here it is a script that runs the program under test on the practice deployment.
        var hxops = Path.Combine(_practice.Root, "hxops");
        await File.WriteAllTextAsync(hxops, $"#!/bin/sh\nexec dotnet {HxopsProcess.Program} {string.Join(' ', _practice.Globals)} \"$@\"\n");
        File.SetUnixFileMode(hxops, (UnixFileMode)0x1ED);
        var start = new ProcessStartInfo(Path.Combine(Folder, script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HXOPS"] = hxops },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return await HxopsProcess.EndAsync(process);
    }

    private static Process StartAsOrdinaryUser(string[] arguments)
    {
        string[] prefix = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet"] : ["dotnet"];
        return Process.Start(new ProcessStartInfo(prefix[0], [.. prefix[1..], HxopsProcess.Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = "/tmp", ["DOTNET_CLI_HOME"] = "/tmp" },
        })!;
    }
}
