using HxOps.Errors;

namespace HxOps.Files;

/// <summary>Makes folders for work that is thrown away, below <c>TMPDIR</c>, for this user alone.</summary>
public static class TemporaryFolder
{
    /// <summary>Makes one, and gives its path.</summary>
    /// <param name="prefix">The beginning of its name.</param>
    /// <exception cref="HxException">There is no such place, or it refuses it.</exception>
    public static string Make(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, Path.GetTempPath(), "make a folder in");
        }
    }
}
