using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Rollback.Plans;

/// <summary>Finds plan files: by path, or by the name of a shipped one.</summary>
public sealed class PlanLocator(string shippedFolder)
{
    private const string Ending = ".yaml";

    /// <summary>The local path of a plan file.</summary>
    /// <exception cref="HxException">PlanNotFound with the nearest name.</exception>
    public string Find(string nameOrPath)
    {
        if (File.Exists(nameOrPath))
        {
            return Path.GetFullPath(nameOrPath);
        }

        var plans = List();
        var names = plans.Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        var index = names.IndexOf(nameOrPath);
        return index >= 0
            ? plans[index]
            : throw new HxException(PlanErrors.NotFound, nameOrPath, $"There is no plan '{nameOrPath}'{NearestName.Hint(nameOrPath, names)}.");
    }

    /// <summary>The local paths of the shipped plans.</summary>
    public ImmutableArray<string> List() => Directory.Exists(shippedFolder)
        ? [.. Directory.EnumerateFiles(shippedFolder, "*" + Ending).Order(StringComparer.Ordinal)]
        : [];
}
