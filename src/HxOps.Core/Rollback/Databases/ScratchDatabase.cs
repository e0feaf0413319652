using HxOps.Errors;

namespace HxOps.Rollback.Databases;

/// <summary>A database that is there for one purpose and dropped whatever happens. It carries a note by which a later run knows that it may drop it.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private const string NotePrefix = "HxOps scratch: ";
    private static readonly TimeSpan DropTime = TimeSpan.FromSeconds(20);

    private readonly Database _home;
    private bool _isDropped;

    private ScratchDatabase(Database home, string name)
    {
        _home = home;
        Database = home.Sibling(name);
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>Creates it empty. One of that name that a killed run left is dropped first.</summary>
    /// <param name="home">A database of the server.</param>
    /// <param name="name">The new one's name.</param>
    /// <param name="note">What it is for.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HxException">DatabaseTestRefused: there is one of that name that is not ours.</exception>
    public static async Task<ScratchDatabase> CreateAsync(Database home, string name, string note, CancellationToken cancellation)
    {
        var present = await home.QueryAsync(
            $"SELECT oid, pg_catalog.translate(COALESCE(pg_catalog.shobj_description(oid, 'pg_database'), ''), E'\\n', ' ') FROM pg_catalog.pg_database WHERE datname = {SqlText.Literal(name)};\n", cancellation);
        if (!present.IsEmpty && !present[0][1].StartsWith(NotePrefix, StringComparison.Ordinal))
        {
            throw new HxException(DatabaseErrors.TestDatabaseRefused, name, $"There is a database {name} that HxOps has not made; it is left as it is.");
        }

        var scratch = new ScratchDatabase(home, name);
        if (!present.IsEmpty)
        {
            await scratch.DropAsync();
            scratch._isDropped = false;
        }

        try
        {
            await home.QueryAsync($"CREATE DATABASE {SqlText.Identifier(name)} TEMPLATE template0;\n", cancellation);
            await home.QueryAsync($"COMMENT ON DATABASE {SqlText.Identifier(name)} IS {SqlText.Literal(NotePrefix + note)};\n", cancellation);
            return scratch;
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops it; no caller's cancellation stops that.</summary>
    public async Task DropAsync()
    {
        using var time = new CancellationTokenSource(DropTime);
        await _home.QueryAsync($"SET client_min_messages = warning;\nDROP DATABASE IF EXISTS {SqlText.Identifier(Database.Name)} WITH (FORCE);\n", time.Token);
        _isDropped = true;
    }

    /// <summary>Drops it unless that was done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDropped)
        {
            await DropAsync();
        }
    }
}
