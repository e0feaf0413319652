using System.Collections.Immutable;

namespace HxOps.Rollback.Databases;

/// <summary>Queries that compare a catalogue with how it was.</summary>
internal static class CatalogueDifference
{
    /// <summary>The columns change, kind, schema, name, part_of and planned.</summary>
    /// <param name="before">A table with the columns of <see cref="CatalogueSql.Entries"/>.</param>
    /// <param name="named">The names of all that may be gone.</param>
    public static string Changes(string before, ImmutableArray<string> named) => $"""
        SELECT CASE WHEN a.kind IS NULL THEN 'Dropped' WHEN b.kind IS NULL THEN 'Created' ELSE 'Changed' END AS change,
               COALESCE(b.kind, a.kind) AS kind, COALESCE(b.schema, a.schema) AS schema, COALESCE(b.name, a.name) AS name, COALESCE(b.part_of, a.part_of) AS part_of,
               b.kind IS NOT NULL AND {CatalogueSql.IsNamed("b", named)} AS planned
        FROM {before} b FULL JOIN ({CatalogueSql.Entries}) a
            ON a.kind = b.kind AND a.schema = b.schema AND a.name = b.name AND a.part_of = b.part_of
        WHERE a.kind IS NULL OR b.kind IS NULL OR a.definition <> b.definition
        ORDER BY 1, 2, 3, 4
        """;

    /// <summary>What of some names is still there: the columns kind, schema, name and part_of.</summary>
    public static string Remaining(ImmutableArray<string> named) => $"""
        SELECT e.kind, e.schema, e.name, e.part_of FROM ({CatalogueSql.Entries}) e WHERE e.part_of = '' AND {CatalogueSql.IsNamed("e", named)}
        UNION ALL
        SELECT e.kind, e.schema, e.name, e.part_of FROM ({CatalogueSql.Entries}) e WHERE e.kind = 'index' AND e.visible AND e.name = ANY ({SqlText.Array(named)})
        ORDER BY 1, 2, 3;

        """;

    /// <summary>The tables whose names are like a pattern: the columns schema and name.</summary>
    public static string TablesLike(string pattern) => $"""
        SELECT pg_catalog.translate(n.nspname, E'\n\x1f', '  '), pg_catalog.translate(c.relname, E'\n\x1f', '  ')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND c.relname LIKE {SqlText.Literal(pattern)}
        ORDER BY 1, 2;

        """;
}
