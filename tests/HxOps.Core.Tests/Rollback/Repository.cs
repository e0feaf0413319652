namespace HxOps.Core.Tests.Rollback;

/// <summary>Finds files of the checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string File(params ReadOnlySpan<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "HxOps.psd1")))
        {
            folder = folder.Parent;
        }

        return Path.Combine([folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside of the checkout."), .. parts]);
    }
}
