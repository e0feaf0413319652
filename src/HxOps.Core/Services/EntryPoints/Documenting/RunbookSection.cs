namespace HxOps.Services.EntryPoints.Documenting;

/// <summary>Finds HxOps's section in a Markdown file by two marks that no reader sees.</summary>
internal static class RunbookSection
{
    private const string Begin = "<!-- hxops rollback-procedure begin -->\n";
    private const string End = "<!-- hxops rollback-procedure end -->\n";

    /// <summary>The file with the section in its place, or at its end when it had none.</summary>
    internal static string Put(string present, string section)
    {
        var marked = $"{Begin}\n{section}\n{End}";
        var from = present.IndexOf(Begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : present.IndexOf(End, from, StringComparison.Ordinal);
        return to >= 0 ? present[..from] + marked + present[(to + End.Length)..]
            : present.Length == 0 ? marked
            : present.TrimEnd('\n') + "\n\n" + marked;
    }
}
