using System.Text.RegularExpressions;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>The document that hxops writes, and every command in it, on the gateway's own machine.</summary>
public sealed partial class RunbookOnSystemdTests(SystemdMachine machine) : IClassFixture<SystemdMachine>
{
    private const string Document = WrapperHost.Top + "/docs/systemd-service.md";
    private static readonly string[] Record =
    [
        "Task ID: ENG-010", "Task Title: Document and Verify Rollback Procedure", "Priority: Low", "Assigned To: Platform/Ops", "Due Date: 2025-09-04", "Created: 2025-08-21",
        "Current Status: Not Started", "Completion Percentage: 0 %", "Last Updated: 2025-08-21", "2025-08-21 - Task created.",
    ];

    private readonly WrapperHost _host = new(machine);

    [SkippableFact]
    [Trait("Behaviour", "E-13"), Trait("Behaviour", "E-14"), Trait("Behaviour", "E-15"), Trait("Behaviour", "E-10")]
    public async Task E_13_every_command_of_the_document_does_what_the_document_says()
    {
        var text = await WriteAsync();
        machine.WriteFile("/usr/local/bin/sudo", "#!/bin/sh\ncase \"$1\" in --preserve-env=*) shift ;; esac\nexec \"$@\"\n"); // The machine has root only.
        File.SetUnixFileMode(machine.Root.Locate("/usr/local/bin/sudo"), (UnixFileMode)0x1ED);

        var byHand = await RunBlocksAsync(text, "### By hand");

        Assert.Equal("active\n", byHand[^3]);
        Assert.Equal($"/bin/sh {WrapperHost.Litellm(WrapperHost.Config)} \n", byHand[^2]);
        Assert.Equal("200\n200\n", byHand[^1]);
        Assert.EndsWith("active\n", (await RunBlocksAsync(text, "### Back to the present entry point"))[^1], StringComparison.Ordinal);
        Assert.Equal($"/bin/sh {WrapperHost.Pipeline} ", await _host.RunningAsync());
        Assert.Contains("ExecStart=", (await RunBlocksAsync(text, "### By HxOps"))[0], StringComparison.Ordinal);
        Assert.Equal($"/bin/sh {WrapperHost.Litellm(WrapperHost.Config)} ", await _host.RunningAsync());
    }

    [SkippableFact]
    [Trait("Behaviour", "E-01"), Trait("Behaviour", "E-02"), Trait("Behaviour", "E-03"), Trait("Behaviour", "E-20")]
    public async Task E_01_E_02_E_20_the_section_goes_into_the_gateways_document_with_the_tasks_record_and_tells_what_was_verified()
    {
        var text = await WriteAsync();
        Assert.All(Record, line => Assert.Contains($"- {line}\n", text, StringComparison.Ordinal));
        machine.WriteFile(Document, "# The service\n\nHow it is run.\n");

        await _host.HxopsAsync($"entrypoint document --config {WrapperHost.Config} --in-place");
        var source = WrapperHost.Json(await _host.HxopsAsync($"entrypoint set --config {WrapperHost.Config} --yes --json"), 0).GetProperty("wanted").GetProperty("id").GetString();
        await _host.HxopsAsync($"entrypoint document {source} --config {WrapperHost.Config} --in-place");

        var written = File.ReadAllText(machine.Root.Locate("/opt/HX-Infrastructure-/api-gateway/docs/systemd-service.md"));
        Assert.StartsWith("# The service\n\nHow it is run.\n\n", written, StringComparison.Ordinal);
        Assert.Single(SectionTitle().Matches(written));
        Assert.Contains("- Current Status: Completed\n- Completion Percentage: 100 %\n", written, StringComparison.Ordinal);
        Assert.Matches($"- {DateTimeOffset.UtcNow:yyyy-MM-dd} - Carried out by systemd with {source}: proven in ", written);
    }

    /// <summary>A host that has run the documented command before the pipeline, and the document for going back to it.</summary>
    private async Task<string> WriteAsync()
    {
        Skip.If(machine.Absence is not null, machine.Absence);
        Skip.IfNot(File.Exists("/usr/bin/git") && File.Exists("/usr/bin/curl"), "needs git and curl");
        await _host.ResetAsync();
        await _host.CommitAsync(WrapperHost.Documented, "Run the LiteLLM CLI");
        await _host.CommitAsync(WrapperHost.Pipeline, "Run the pipeline");
        var text = WrapperHost.Json(await _host.HxopsAsync($"entrypoint document --config {WrapperHost.Config} --json"), 0).GetProperty("text").GetString()!;
        Assert.StartsWith("## Rollback Procedure\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(WrapperHost.DocumentedKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("/path/to/", text, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Runs every block of commands below a heading, and gives what each printed.</summary>
    private async Task<List<string>> RunBlocksAsync(string text, string heading)
    {
        var begin = text.IndexOf(heading, StringComparison.Ordinal) + heading.Length;
        var end = text.IndexOf("\n### ", begin, StringComparison.Ordinal);
        var printed = new List<string>();
        foreach (Match block in Block().Matches(text[begin..end]))
        {
            // hxops is not on the machine's path.
            var script = block.Groups[1].Value.Replace(" hxops ", " dotnet /opt/hxops-test/HxOps.Cli.dll ", StringComparison.Ordinal);
            printed.Add(await _host.RunAsync($"set -e -o pipefail; export HX_WRAPPER_KEY={WrapperHost.DocumentedKey}\n{script}"));
        }

        Assert.NotEmpty(printed);
        return printed;
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^## Rollback Procedure$", RegexOptions.Multiline)]
    private static partial Regex SectionTitle();
}
