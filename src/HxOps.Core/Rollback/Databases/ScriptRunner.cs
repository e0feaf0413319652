using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools;

namespace HxOps.Rollback.Databases;

/// <summary>Runs scripts that drop things: whole or not at all, and nothing that the plan does not name.</summary>
internal sealed class ScriptRunner(Database database)
{
    private const int QuotedLines = 6;

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="source">The user's own name for it.</param>
    /// <param name="drops">The names of all that it may drop.</param>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it changed; it has been committed.</returns>
    /// <exception cref="HxException">DatabaseWouldDropMore with the victims, DatabaseScriptFailed with the line, DatabaseHeld. Nothing has changed then.</exception>
    public async Task<ImmutableArray<CatalogueChange>> RunAsync(string script, string source, ImmutableArray<string> drops, TimeSpan limit, CancellationToken cancellation)
    {
        var result = await database.Server.RunAsync(database.Name, GuardedScript.Write(script, drops, limit), cancellation);
        var changes = CatalogueChanges.Read(Postgres.Rows(result.Output));
        return result.Succeeded ? changes : throw Failure(result, changes, source);
    }

    private HxException Failure(ToolResult result, ImmutableArray<CatalogueChange> changes, string source)
    {
        if (result.Error.Contains(GuardedScript.Refused, StringComparison.Ordinal))
        {
            return new HxException(DatabaseErrors.WouldDropMore, source,
                $"{source} would also drop, in {database.Name}: {CatalogueChanges.Name(CatalogueChanges.Victims(changes))}. Nothing was changed.");
        }

        if (result.Error.Contains(GuardedScript.Locked, StringComparison.Ordinal))
        {
            return new HxException(DatabaseErrors.Held, database.Name, $"Another rollback works on the database {database.Name}. Nothing was changed.");
        }

        var place = GuardedScript.Line(result.Error) is { } line ? $"{source}:{line}" : source;
        return new HxException(DatabaseErrors.ScriptFailed, source, $"{place} failed on {database.Name}; nothing was changed. The server said: {Words(result.Error)}");
    }

    // psql repeats the whole text that failed; the line says where it is.
    private static string Words(string error)
    {
        var query = error.IndexOf("\nQUERY:", StringComparison.Ordinal);
        var lines = (query < 0 ? error : error[..query]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var own = lines.Where(line => !line.StartsWith("LINE ", StringComparison.Ordinal) && !line.StartsWith('^')).Select(WithoutPlace);
        return lines.Length == 0 ? "nothing" : string.Join(" | ", own.Take(QuotedLines));
    }

    private static string WithoutPlace(string line)
    {
        var at = line.IndexOf("ERROR:", StringComparison.Ordinal);
        return at > 0 && line.StartsWith("psql:", StringComparison.Ordinal) ? line[at..] : line;
    }
}
