using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Rollback.Plans;

/// <summary>Finds and reads plans.</summary>
/// <param name="yaml">Reads YAML texts.</param>
/// <param name="shippedFolder">The local folder of the shipped plans.</param>
public sealed class PlanCatalog(IYamlReader yaml, string shippedFolder)
{
    private readonly PlanLocator _locator = new(shippedFolder);
    private readonly PlanReader _reader = new(yaml);

    /// <summary>Names of the shipped plans.</summary>
    public ImmutableArray<string> Names => [.. _locator.List().Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The shipped plans.</summary>
    /// <exception cref="HxException">PlanInvalid.</exception>
    public ImmutableArray<RollbackPlan> List() => [.. _locator.List().Select(path => _reader.Read(path))];

    /// <summary>A plan by path, or a shipped one by name.</summary>
    /// <param name="nameOrPath">Name or local path.</param>
    /// <param name="values">Values to set over those of the plan.</param>
    /// <exception cref="HxException">PlanNotFound, PlanInvalid, PlanValueUnknown.</exception>
    public RollbackPlan Read(string nameOrPath, ImmutableSortedDictionary<string, string>? values = null) => _reader.Read(_locator.Find(nameOrPath), values);
}
