using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>hxops evidence, audit and report, and what none of them may carry.</summary>
public sealed class EvidenceCommandsTests : IDisposable
{
    private readonly PracticeFiles _practice = new();
    private readonly PracticePlan _plan;
    private readonly ToySite _site = new();

    public EvidenceCommandsTests() => _plan = new PracticePlan(_practice);

    public void Dispose()
    {
        _site.Dispose();
        _practice.Dispose();
    }

    [Fact]
    public async Task Evidence_is_private_has_checksums_and_names_what_did_not_answer()
    {
        _plan.Write($$"""
                  - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["{{_site.Url}}/healthz", "http://127.0.0.1:1/admin/sessions"] } }
            """);

        var run = await _practice.RunAsync("evidence", "save", "--plan", _plan.File, "--note", "a test", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var evidence = JsonDocument.Parse(run.Output).RootElement;
        var folder = evidence.GetProperty("folder").GetString()!;
        Assert.Contains("\"status\": \"ok\"", await File.ReadAllTextAsync(Path.Combine(folder, "01-healthz.txt")), StringComparison.Ordinal);
        Assert.Contains("Service down", await File.ReadAllTextAsync(Path.Combine(folder, "02-sessions.txt")), StringComparison.Ordinal);
        Assert.Equal([true, false, true], evidence.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("isAvailable").GetBoolean()));
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        using var check = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--quiet", "sha256sums.txt"]) { WorkingDirectory = folder })!;
        await check.WaitForExitAsync();
        Assert.Equal(0, check.ExitCode);
    }

    [Fact]
    public async Task Every_rollback_restore_and_saved_evidence_is_in_the_audit_log()
    {
        await _practice.CheckpointAsync();
        _practice.Write(PracticeFiles.Config, "changed: true\n");
        await _practice.RunAsync("checkpoint", "restore", "--yes");
        await RunPlanAsync(PracticePlan.Step("one"));
        await _practice.RunAsync("evidence", "save");

        var entries = JsonDocument.Parse((await _practice.RunAsync("audit", "list", "--json")).Output).RootElement.EnumerateArray()
            .Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}").ToList();
        var test = await _practice.RunAsync("audit", "test");

        Assert.Equal(["restore Restored", "rollback Started", "rollback Succeeded", "evidence Saved"], entries);
        Assert.True(test.ExitCode == 0, test.All);
    }

    [Fact]
    public async Task An_edited_a_deleted_and_a_cut_off_line_of_the_audit_log_are_named()
    {
        await RunPlanAsync(PracticePlan.Step("one"));
        await RunPlanAsync(PracticePlan.Step("two"));
        var path = Path.Combine(_practice.StateFolder, "audit", "log");
        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(4, lines.Length);

        await File.WriteAllLinesAsync(path, lines.Select((line, index) => index == 1 ? line.Replace("Succeeded", "Failed", StringComparison.Ordinal) : line));
        var edited = await _practice.RunAsync("audit", "test");
        await File.WriteAllLinesAsync(path, lines.Where((_, index) => index != 2));
        var deleted = await _practice.RunAsync("audit", "test");
        await File.WriteAllLinesAsync(path, lines[..3]);
        var cut = await _practice.RunAsync("audit", "test");
        await _practice.RunAsync("evidence", "save");
        var goesOn = await _practice.RunAsync("audit", "test");

        Assert.Equal(4, edited.ExitCode);
        Assert.Contains("Line 2 (entry 2) is not as it was written.", edited.Output, StringComparison.Ordinal);
        Assert.Equal(4, deleted.ExitCode);
        Assert.Contains("Entry 3 is missing before line 3.", deleted.Output, StringComparison.Ordinal);
        Assert.Equal(4, cut.ExitCode);
        Assert.Contains("Entry 4 is missing before line 4.", cut.Output, StringComparison.Ordinal);
        Assert.Contains("Entry 4 is missing before line 4.", goesOn.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_line_that_was_edited_with_its_checksum_is_named_and_stays_to_be_seen()
    {
        await RunPlanAsync(PracticePlan.Step("one"));
        var path = Path.Combine(_practice.StateFolder, "audit", "log");
        var lines = await File.ReadAllLinesAsync(path);
        var text = lines[^1][65..].Replace("Succeeded", "Failed", StringComparison.Ordinal);
        var sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[^2][..64] + text)));
        await File.WriteAllLinesAsync(path, [.. lines[..^1], $"{sum} {text}"]);

        var edited = await _practice.RunAsync("audit", "test");
        await _practice.RunAsync("evidence", "save");
        var goesOn = await _practice.RunAsync("audit", "test");

        Assert.Equal(4, edited.ExitCode);
        Assert.Contains("Line 2 (entry 2) is not as it was written.", edited.Output, StringComparison.Ordinal);
        Assert.Equal(4, goesOn.ExitCode);
    }

    [Fact]
    [Trait("Behaviour", "H-48")]
    [Trait("Behaviour", "H-49")]
    [Trait("Behaviour", "H-50")]
    [Trait("Behaviour", "H-51")]
    [Trait("Behaviour", "H-54")]
    [Trait("Behaviour", "H-55")]
    [Trait("Behaviour", "H-56")]
    [Trait("Behaviour", "T-29")]
    public async Task H_48_to_H_56_T_29_the_report_has_all_parts_and_fields_and_marks_what_people_write()
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plans", "llm-hub.yaml"));
        var afterwards = shipped[shipped.IndexOf("announcements:", StringComparison.Ordinal)..shipped.IndexOf("scenarios:", StringComparison.Ordinal)];
        await RunPlanAsync($$"""
                  - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["{{_site.Url}}/healthz"] } }
                  - { name: old-pages, budget: 5s, action: { do: write-file, file: mark, content: "x" } }
                  - { name: announce, budget: 5s, action: { do: announcement, text: internal } }
            """, Regex.Replace(afterwards.Replace("[[old-pages], [old-pages-load]]", "[[old-pages]]", StringComparison.Ordinal), @", any: \[\[(?!old-pages\]\])[^}]*\]\]", ""));

        var run = await _practice.RunAsync("report", "export", "--to", _practice.Local("/reports"), "--json");

        Assert.True(run.ExitCode == 0, run.All);
        var info = JsonDocument.Parse(run.Output).RootElement;
        var bytes = await File.ReadAllBytesAsync(info.GetProperty("markdown").GetString()!);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.NotEqual(0xEF, bytes[0]);
        Assert.All(new[] { "1. Root cause analysis", "2. Timeline of events", "3. Impact assessment", "4. User communications sent", "5. Lessons learned", "6. Action items to prevent recurrence" },
            part => Assert.Contains($"\n## {part}\n", text, StringComparison.Ordinal));
        Assert.All(new[] { "Issue", "Root Cause", "Duration", "Users Affected", "Data Loss", "Resolution", "Prevention", "Timeline" },
            field => Assert.Contains($"\n**{field}**:", text, StringComparison.Ordinal));
        Assert.Contains("TO BE WRITTEN", text, StringComparison.Ordinal);
        Assert.Contains("- [x] Old pages load correctly after flag disable (seen by old-pages)", text, StringComparison.Ordinal);
        Assert.Equal(8, text.Split("## Checklist")[1].Split("\n## ")[0].Split("\n- [").Length - 1);
        Assert.Equal(4, Items("Monitoring reset"));
        Assert.Equal(4, Items("Team retrospective"));
        Assert.Equal(6, Items("Fix and re-deploy plan"));
        Assert.Contains("We temporarily reverted to our classic LLM management interface", text, StringComparison.Ordinal);
        Assert.Contains("01-healthz.txt](", text, StringComparison.Ordinal);

        int Items(string list) => text.Split($"## {list}\n")[1].Split("\n## ")[0].Split("\n- [ ]").Length - 1;
    }

    [Fact]
    public async Task The_page_escapes_everything_draws_the_timeline_and_links_to_files_that_exist()
    {
        await RunPlanAsync($$"""
                  - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["{{_site.Url}}/healthz"] } }
                  - { name: script, budget: 5s, importance: wanted, action: { do: command, program: sh, arguments: [-c, "echo '<script>alert(1)</script> `|[x](javascript:1)' >&2; exit 1"] } }
            """);

        var info = JsonDocument.Parse((await _practice.RunAsync("report", "export", "--to", _practice.Local("/reports"), "--json")).Output).RootElement;
        var html = await File.ReadAllTextAsync(info.GetProperty("html").GetString()!);
        var markdown = await File.ReadAllTextAsync(info.GetProperty("markdown").GetString()!);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[x](javascript", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<svg ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        var links = html.Split("href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(_practice.Local("/reports"), Uri.UnescapeDataString(link))), link));
    }

    [Fact]
    public async Task Five_planted_secrets_are_in_no_output_journal_evidence_audit_or_report()
    {
        // In an environment file, an address, a header's variable, the text of a query, and a log that somebody prints.
        string[] secrets = [PracticeFiles.FileSecret, PracticeFiles.VariableSecret, "planted-app-env-secret-1", "planted-url-password-2", "planted-sql-password-3"];
        _practice.Write("/srv/gateway/work/app.env", $"APP_SECRET={secrets[2]}\nF=1\n", 0x180);
        _plan.Write($$"""
                  - { name: look, budget: 60s, action: { do: evidence, name: before, get: ["http://127.0.0.1:1/admin/metrics?token={{secrets[3]}}"] } }
                  - { name: flag, budget: 5s, action: { do: environment-file, file: app.env, key: F, value: "2" } }
                  - { name: leak, budget: 5s, importance: wanted, action: { do: command, program: sh, arguments: [-c, "cat app.env; cat {{_practice.Local(PracticeFiles.EnvironmentFile)}}; echo key=$PRACTICE_KEY; echo \"ALTER USER u PASSWORD = '{{secrets[4]}}'\" >&2; exit 3"] } }
                  - { name: fail, budget: 5s, action: { do: command, program: sh, arguments: [-c, "cat app.env >&2; exit 1"] }, undo: { do: command, program: sh, arguments: [-c, "cat app.env >&2; exit 1"] } }
            """);

        var runs = new List<HxopsRun>
        {
            await _practice.RunAsync("rollback", "run", _plan.File, "--what-if"),
            await _practice.RunAsync("plan", "show", _plan.File),
            await _practice.RunAsync("rollback", "run", _plan.File, "--yes", "--verbose"),
            await _practice.RunAsync("rollback", "show", "--json"),
            await _practice.RunAsync("evidence", "save", "--plan", _plan.File, "--verbose"),
            await _practice.RunAsync("report", "export", "--to", _practice.Local("/reports")),
            await _practice.RunAsync("audit", "list", "--json"),
            await _practice.RunAsync("audit", "test"),
        };

        Assert.Equal(21, runs[2].ExitCode);
        Assert.Contains("UndoFailed", runs[2].Error, StringComparison.Ordinal);
        Assert.All(secrets, secret =>
        {
            Assert.All(runs, run => Assert.DoesNotContain(secret, run.All, StringComparison.Ordinal));
            var leaks = Directory.EnumerateFiles(_practice.StateFolder, "*", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(_practice.Local("/reports")))
                .Where(file => !Path.GetFileName(file).StartsWith("saved-", StringComparison.Ordinal) && Path.GetFileName(file) != "plan.yaml")
                .Where(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal));
            Assert.Empty(leaks);
        });
    }

    private async Task RunPlanAsync(string steps, string more = "")
    {
        _plan.Write(steps, more);
        var run = await _practice.RunAsync("rollback", "run", _plan.File, "--yes");
        Assert.True(run.ExitCode == 0, run.All);
    }
}
