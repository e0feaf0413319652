namespace HxOps.Integration.Tests.Docs;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Top { get; } = Find();

    /// <summary>Whether generated pages are to be written rather than compared: <c>HXOPS_UPDATE_DOCS=1</c>.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("HXOPS_UPDATE_DOCS") == "1";

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Top, relative));

    public static void Write(string relative, string text) => File.WriteAllText(Path.Combine(Top, relative), text);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HxOps.psd1")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from a checkout.");
    }
}
