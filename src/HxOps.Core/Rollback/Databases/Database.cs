using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools;

namespace HxOps.Rollback.Databases;

/// <summary>One database, and the work that a step does on it.</summary>
internal sealed class Database(Postgres postgres, string name, TimeProvider clock)
{
    // Whoever holds a table is at work on it: better to say so than to wait until the time is over.
    private const string LockTime = "5s";
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>PostgreSQL's programs for its server.</summary>
    public Postgres Server => postgres;

    /// <summary>Another database of the same server.</summary>
    public Database Sibling(string other) => new(postgres, other, clock);

    /// <summary>The rows that statements give.</summary>
    public Task<ImmutableArray<string[]>> QueryAsync(string statements, CancellationToken cancellation) => postgres.QueryAsync(name, statements, cancellation);

    /// <summary>Everything that users have made in it.</summary>
    public async Task<CatalogueSnapshot> CatalogueAsync(CancellationToken cancellation) =>
        new(await QueryAsync($"SET lock_timeout = '{LockTime}';\n{CatalogueSql.Entries};\n", cancellation));

    /// <summary>What of some names is still there.</summary>
    public async Task<ImmutableArray<CatalogueEntry>> RemainingAsync(ImmutableArray<string> names, CancellationToken cancellation) =>
        names.IsEmpty ? [] : [.. (await QueryAsync(CatalogueDifference.Remaining(names), cancellation)).Select(row => new CatalogueEntry(row[0], row[1], row[2], row[3]))];

    /// <summary>
    /// Does some work and sees to it that the server has stopped as well when it returns: a program that is ended leaves its session to the
    /// server, and one in a container may not even notice.
    /// </summary>
    public async Task<T> EndingSessionsAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception end) when (end is OperationCanceledException || (end as HxException)?.Id == ToolErrors.TimedOut)
        {
            await EndSessionsAsync();
            throw;
        }
    }

    /// <summary>Ends the sessions that this step, or a killed run of it, has left on the server.</summary>
    public async Task EndSessionsAsync()
    {
        using var time = new CancellationTokenSource(EndingTime, clock);
        var own = $"""
            SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
            WHERE application_name = {SqlText.Literal(postgres.SessionName)} AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend';

            """;
        while (!(await QueryAsync(own, time.Token)).IsEmpty)
        {
            await Task.Delay(Pause, clock, time.Token);
        }
    }
}
