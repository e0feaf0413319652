using System.Collections.Immutable;
using System.Text;
using HxOps.Formats;

namespace HxOps.Rollback.Databases;

/// <summary>What a catalogue held at one time, kept as a file of the run.</summary>
/// <param name="Rows">The rows of <see cref="CatalogueSql.Entries"/>.</param>
internal sealed record CatalogueSnapshot(ImmutableArray<string[]> Rows)
{
    private const int MostBytes = 64 << 20;
    private const char Field = '\x1f';

    /// <summary>How many entries it has.</summary>
    public int Count => Rows.Length;

    /// <summary>Reads a file.</summary>
    public static CatalogueSnapshot Read(string localPath) =>
        new([.. ForeignText.Read(localPath, MostBytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(Field))]);

    /// <summary>The content of the file.</summary>
    public byte[] Write() => Encoding.UTF8.GetBytes(string.Concat(Rows.Select(row => string.Join(Field, row) + "\n")));

    /// <summary>Statements that make a temporary table of it.</summary>
    public string Load(string table)
    {
        var text = new StringBuilder($"CREATE TEMPORARY TABLE {table} (kind text, schema text, name text, part_of text, definition text, visible boolean);\n");
        foreach (var row in Rows.Where(row => row.Length == 6))
        {
            text.Append("INSERT INTO pg_temp.").Append(table).Append(" VALUES (")
                .AppendJoin(", ", row.Select((value, column) => column < 5 ? SqlText.Literal(value) : value == "t" ? "true" : "false")).Append(");\n");
        }

        return text.ToString();
    }
}
