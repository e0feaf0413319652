using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>Gives host paths that exist below a root as the paths they have there; everything else stays as it is written.</summary>
internal sealed class LocatedPaths(HostRoot root)
{
    /// <summary>A path.</summary>
    internal string Path(string path)
    {
        if (root.IsMachine || path.Length < 2 || path[0] != '/')
        {
            return path;
        }

        var local = root.Locate(path);
        return System.IO.Path.Exists(local) ? local : path;
    }

    /// <summary>An argument: a path, or an option with one behind its equals sign.</summary>
    internal string Word(string word)
    {
        var equals = word.StartsWith('-') ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? Path(word) : word[..(equals + 1)] + Path(word[(equals + 1)..]);
    }

    /// <summary>A variable's value: paths with colons between them.</summary>
    internal string List(string value) => root.IsMachine ? value : string.Join(':', value.Split(':').Select(Path));
}
