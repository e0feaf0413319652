using System.Collections.Immutable;

namespace HxOps.Rollback.Databases;

/// <summary>
/// The query for everything that users have made in a database. Names that a plan gives without a schema mean those that the role finds
/// without one. The catalogues are read themselves: the information schema shows only what the role may use.
/// </summary>
internal static class CatalogueSql
{
    /// <summary>
    /// The columns kind, schema, name, part_of, definition and visible. A part goes with its whole: an index, a constraint, a trigger or a
    /// column with its table; <c>part_of</c> is that table as <c>schema.name</c>, or empty.
    /// </summary>
    public const string Entries = """
        SELECT o.kind,
               pg_catalog.translate(o.schema::pg_catalog.text, E'\n\x1f', '  ') AS schema,
               pg_catalog.translate(o.name::pg_catalog.text, E'\n\x1f', '  ') AS name,
               pg_catalog.translate(COALESCE(o.part_of, ''), E'\n\x1f', '  ') AS part_of,
               pg_catalog.md5(COALESCE(o.definition, '')) AS definition,
               o.schema = ANY (pg_catalog.current_schemas(false)) AS visible
        FROM (
            SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
                        WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'c' THEN 'type' ELSE 'table' END AS kind,
                   n.nspname AS schema, c.relname AS name,
                   COALESCE(
                       (SELECT tn.nspname || '.' || t.relname FROM pg_catalog.pg_index i
                           JOIN pg_catalog.pg_class t ON t.oid = i.indrelid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace WHERE i.indexrelid = c.oid),
                       (SELECT tn.nspname || '.' || t.relname FROM pg_catalog.pg_inherits h
                           JOIN pg_catalog.pg_class t ON t.oid = h.inhparent JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace WHERE h.inhrelid = c.oid AND c.relispartition),
                       (SELECT tn.nspname || '.' || t.relname FROM pg_catalog.pg_depend d
                           JOIN pg_catalog.pg_class t ON t.oid = d.refobjid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                           WHERE c.relkind = 'S' AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                               AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i') LIMIT 1)) AS part_of,
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) WHEN c.relkind IN ('i', 'I') THEN pg_catalog.pg_get_indexdef(c.oid) END AS definition
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind <> 't'
            UNION ALL
            SELECT 'column', n.nspname, a.attname, n.nspname || '.' || c.relname, pg_catalog.format_type(a.atttypid, a.atttypmod) || a.attnotnull::pg_catalog.text
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')
            UNION ALL
            SELECT 'default', n.nspname, a.attname, n.nspname || '.' || c.relname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
            FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            JOIN pg_catalog.pg_class c ON c.oid = d.adrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            UNION ALL
            SELECT 'constraint', n.nspname, k.conname, tn.nspname || '.' || c.relname, pg_catalog.pg_get_constraintdef(k.oid)
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
            LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = c.relnamespace
            UNION ALL
            SELECT 'trigger', n.nspname, t.tgname, n.nspname || '.' || c.relname, pg_catalog.pg_get_triggerdef(t.oid) || t.tgenabled::pg_catalog.text
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal
            UNION ALL
            SELECT 'rule', n.nspname, r.rulename, n.nspname || '.' || c.relname, pg_catalog.pg_get_ruledef(r.oid)
            FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN'
            UNION ALL
            SELECT 'policy', n.nspname, p.polname, n.nspname || '.' || c.relname, pg_catalog.pg_get_expr(p.polqual, p.polrelid)
            FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            UNION ALL
            SELECT 'function', n.nspname, f.proname || '(' || pg_catalog.pg_get_function_identity_arguments(f.oid) || ')', NULL, f.prosrc
            FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
            UNION ALL
            SELECT 'type', n.nspname, t.typname, NULL, NULL
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('d', 'e', 'r')
            UNION ALL
            SELECT 'schema', n.nspname, n.nspname, NULL, NULL FROM pg_catalog.pg_namespace n
            UNION ALL
            SELECT 'extension', n.nspname, e.extname, NULL, NULL FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            UNION ALL
            SELECT 'event trigger', 'public', e.evtname, NULL, NULL FROM pg_catalog.pg_event_trigger e
        ) o
        WHERE o.schema <> 'information_schema' AND o.schema !~ '^pg_'
        """;

    /// <summary>Whether an entry <paramref name="alias"/>, or the whole that it is part of, is one of <paramref name="names"/>.</summary>
    public static string IsNamed(string alias, ImmutableArray<string> names) => $"""
        EXISTS (SELECT FROM pg_catalog.unnest({SqlText.Array(names)}) AS named(name) WHERE
            named.name IN ({alias}.schema || '.' || {alias}.name, {alias}.schema || '.' || pg_catalog.split_part({alias}.name, '(', 1), {alias}.part_of)
            OR ({alias}.visible AND named.name IN ({alias}.name, pg_catalog.split_part({alias}.name, '(', 1)))
            OR ({alias}.visible AND {alias}.part_of = {alias}.schema || '.' || named.name))
        """;
}
