using System.IO.Enumeration;

namespace HxOps.Files;

/// <summary>What lies in a folder, however deep. Links are entries of it; what they point to is not.</summary>
internal static class FolderContent
{
    /// <summary>Every entry below a folder, as it would be called if the folder had another name.</summary>
    /// <param name="local">The local path of the folder.</param>
    /// <param name="name">What stands for it in the result, such as its host path.</param>
    /// <param name="isWanted">Which entries are given; folders are gone into all the same.</param>
    internal static IEnumerable<string> Of(string local, string name, FileSystemEnumerable<string>.FindPredicate isWanted)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        return new FileSystemEnumerable<string>(local, (ref FileSystemEntry entry) => name + entry.ToFullPath()[local.Length..], all)
        {
            ShouldIncludePredicate = isWanted,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
    }
}
