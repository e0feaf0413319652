using HxOps.Errors;
using HxOps.Rollback.Databases;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Rollback.Databases;

[Collection(DatabaseGroup.Name)]
public sealed class DatabaseBackupTests(PostgresCluster cluster)
{
    [SkippableTheory]
    [Trait("Behaviour", "H-18")]
    [Trait("Behaviour", "T-10")]
    [InlineData("read", "read back whole")]
    [InlineData("restore", "restored with all rows of 8 tables")]
    public async Task A_dump_is_private_named_by_the_runs_one_time_and_proven(string proof, string words)
    {
        using var site = new DatabaseFixture(cluster);
        var dump = $"do: database-backup, {site.Target}, to: 'backups/pre_rollback_{{stamp}}.dump', proof: {proof}";

        var result = await site.RunAsync(DatabaseFixture.Step("dump", dump) + DatabaseFixture.Step("note", "do: write-file, file: 'backups/{stamp}.txt', content: noted"));

        Assert.Empty(result.Reasons);
        Assert.Contains(words, result.Steps[0].Finding, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(site.Plans["backups"], "*.dump"));
        var stamp = result.StartedUtc.ToString("yyyyMMdd_HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"pre_rollback_{stamp}.dump", Path.GetFileName(file));
        Assert.True(File.Exists(site.Plans[$"backups/{stamp}.txt"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal("PGDMP", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(file), 0, 5));
        Assert.Equal(2, Directory.GetFileSystemEntries(site.Plans["backups"]).Length);
        Assert.Equal("0", site.Query("SELECT count(*) FROM pg_database WHERE datname LIKE 'hxops%'"));
    }

    [SkippableFact]
    public async Task A_dump_cut_anywhere_is_refused()
    {
        using var site = new DatabaseFixture(cluster);
        await site.RunAsync(DatabaseFixture.Step("dump", $"do: database-backup, {site.Target}, to: whole.dump"));
        var whole = await File.ReadAllBytesAsync(site.Plans["whole.dump"]);
        var proof = new DumpProof(Open(site));
        await ReadBackAsync(proof, site.Plans["whole.dump"]);

        for (var part = 0; part < 16; part++)
        {
            var cut = site.Plans["cut.dump"];
            await File.WriteAllBytesAsync(cut, whole[..(whole.Length * part / 16)]);
            Assert.Equal(DatabaseErrors.DumpUnusable, (await Assert.ThrowsAsync<HxException>(() => ReadBackAsync(proof, cut))).Id);
        }
    }

    [SkippableFact]
    public async Task A_dump_with_other_rows_than_the_database_is_refused_and_the_table_named()
    {
        using var site = new DatabaseFixture(cluster);
        await site.RunAsync(DatabaseFixture.Step("dump", $"do: database-backup, {site.Target}, to: whole.dump"));
        site.Query("DELETE FROM llm_usage_analytics WHERE id = 1");

        using var dump = File.OpenHandle(site.Plans["whole.dump"]);
        var error = await Assert.ThrowsAsync<HxException>(() => new DumpProof(Open(site)).RestoreAsync(dump, "whole.dump", "hxops_check_rows", "a test", default));

        Assert.Equal(DatabaseErrors.DumpUnusable, error.Id);
        Assert.Contains("public.llm_usage_analytics 4000 instead of 3999", error.Message, StringComparison.Ordinal);
        Assert.Equal("0", site.Query("SELECT count(*) FROM pg_database WHERE datname = 'hxops_check_rows'"));
    }

    private static async Task ReadBackAsync(DumpProof proof, string path)
    {
        using var file = File.OpenHandle(path);
        await proof.ReadBackAsync(file, path, CancellationToken.None);
    }

    private Database Open(DatabaseFixture site) => new(
        new Postgres(new ProcessRunner(), new PostgresServer("unicorn") { Host = cluster.Host }, "test", new Dictionary<string, string>(), TimeSpan.FromSeconds(30)), site.Database, TimeProvider.System);
}
