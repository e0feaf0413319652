namespace HxOps.Module.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Top { get; } = Find();

    public static string Locate(string relative) => Path.Combine(Top, relative);

    /// <summary>Source files below a folder, without what was built.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Locate(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HxOps.psd1")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run from within a checkout.");
        return folder.FullName;
    }
}
