using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Rollback.Databases;

/// <summary>
/// Puts a script into one transaction that knows what it does: it holds an advisory lock, compares the catalogue before and after, and
/// ends without a trace when something went that the plan does not name. The comparison is made inside of the transaction, before it is
/// committed, so what CASCADE takes along is seen while it can still be refused.
/// </summary>
internal static class GuardedScript
{
    /// <summary>What the server says when the lock is held by somebody else.</summary>
    public const string Locked = "hxops: another rollback works on this database";

    /// <summary>What the server says when something went that was not named.</summary>
    public const string Refused = "hxops: more would be dropped than the plan names";

    // One number for all rollbacks: two of them at once on one database are never meant.
    private const long LockNumber = 4_861_297_438_116;

    /// <summary>The statements for psql.</summary>
    /// <param name="script">The script. It goes in whole as one text: it cannot end the transaction, and psql obeys no command in it.</param>
    /// <param name="drops">The names of all that it may drop.</param>
    /// <param name="limit">The longest that the server works on one statement, and waits for a lock.</param>
    public static string Write(string script, ImmutableArray<string> drops, TimeSpan limit)
    {
        var (outer, inner) = (SqlText.Tag(), SqlText.Tag());
        var milliseconds = ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return $"""
            BEGIN;
            SET LOCAL client_min_messages = warning;
            SET LOCAL statement_timeout = {milliseconds};
            SET LOCAL lock_timeout = {milliseconds};
            DO $$ BEGIN IF NOT pg_catalog.pg_try_advisory_xact_lock({LockNumber.ToString(CultureInfo.InvariantCulture)}) THEN RAISE EXCEPTION '{Locked}'; END IF; END $$;
            CREATE TEMPORARY TABLE hxops_before ON COMMIT DROP AS {CatalogueSql.Entries};
            DO {outer} BEGIN EXECUTE {inner}
            {script}
            {inner}; END {outer};
            CREATE TEMPORARY TABLE hxops_changes ON COMMIT DROP AS {CatalogueDifference.Changes("pg_temp.hxops_before", drops)};
            SELECT * FROM pg_temp.hxops_changes;
            DO $$ BEGIN IF EXISTS (SELECT FROM pg_temp.hxops_changes c WHERE c.change = 'Dropped' AND NOT c.planned) THEN RAISE EXCEPTION '{Refused}'; END IF; END $$;
            COMMIT;

            """;
    }

    /// <summary>The line of the script that the server's words mean; null when they mean none.</summary>
    public static int? Line(string words)
    {
        // The script begins on the second line of the text that the server was given.
        var at = words.IndexOf("LINE ", StringComparison.Ordinal);
        var digits = at < 0 ? "" : string.Concat(words.Skip(at + 5).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 1 ? line - 1 : null;
    }
}
