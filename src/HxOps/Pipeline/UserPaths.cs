namespace HxOps.Pipeline;

/// <summary>Tells names from paths in values that may be either.</summary>
internal static class UserPaths
{
    /// <summary>A name unchanged; a path made local, as it may be relative to PowerShell's location rather than the process's.</summary>
    public static string Resolve(string nameOrPath, Func<string, string> localPath) => IsPath(nameOrPath) ? localPath(nameOrPath) : nameOrPath;

    private static bool IsPath(string text) =>
        text.Contains('/') || text.StartsWith('~') || text.EndsWith(".yaml", StringComparison.Ordinal) || text.EndsWith(".yml", StringComparison.Ordinal);
}
