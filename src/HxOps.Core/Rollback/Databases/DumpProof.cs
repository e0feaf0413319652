using System.Collections.Immutable;
using HxOps.Errors;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Rollback.Databases;

/// <summary>Proves that a dump can be relied on, before anything is dropped.</summary>
internal sealed class DumpProof(Database database)
{
    private const int MostNamed = 5;

    /// <summary>Reads the dump from its first to its last byte.</summary>
    /// <exception cref="HxException">DatabaseDumpUnusable.</exception>
    public async Task ReadBackAsync(SafeFileHandle dump, string target, CancellationToken cancellation)
    {
        var result = await database.Server.ReadBackAsync(dump, cancellation);
        if (!result.Succeeded || result.Error.Trim().Length > 0)
        {
            var words = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {result.ExitCode}";
            throw new HxException(DatabaseErrors.DumpUnusable, target, $"The dump of {database.Name} is not whole: {words}");
        }
    }

    /// <summary>Restores the dump into a database of its own and compares how many rows each table has.</summary>
    /// <returns>How many tables were compared.</returns>
    /// <exception cref="HxException">DatabaseDumpUnusable with the tables that differ.</exception>
    public async Task<int> RestoreAsync(SafeFileHandle dump, string target, string scratchName, string note, CancellationToken cancellation)
    {
        await using var scratch = await ScratchDatabase.CreateAsync(database, scratchName, note, cancellation);
        await database.Server.RestoreAsync(dump, scratchName, cancellation);
        var (live, restored) = (await CountAsync(database, cancellation), await CountAsync(scratch.Database, cancellation));
        var different = live.Keys.Union(restored.Keys).Where(table => live.GetValueOrDefault(table) != restored.GetValueOrDefault(table)).Order(StringComparer.Ordinal).ToList();
        await scratch.DropAsync();
        return different.Count == 0
            ? live.Count
            : throw new HxException(DatabaseErrors.DumpUnusable, target,
                $"The dump of {database.Name} holds other rows than the database: {string.Join(", ", different.Take(MostNamed).Select(table => $"{table} {restored.GetValueOrDefault(table, "missing")} instead of {live.GetValueOrDefault(table, "none")}"))}.");
    }

    private static async Task<ImmutableSortedDictionary<string, string>> CountAsync(Database database, CancellationToken cancellation)
    {
        // psql runs each row of the first answer as a statement: one count for each table.
        const string Counts = """
            SELECT pg_catalog.format('SELECT %L, pg_catalog.count(*) FROM %I.%I', n.nspname || '.' || c.relname, n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND pg_catalog.strpos(n.nspname || c.relname, E'\n') = 0
            \gexec

            """;
        return (await database.QueryAsync(Counts, cancellation)).ToImmutableSortedDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
    }
}
