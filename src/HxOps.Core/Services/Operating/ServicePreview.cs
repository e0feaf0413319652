using System.Collections.Immutable;

namespace HxOps.Services.Operating;

/// <summary>What an order would do, for those who ask before.</summary>
/// <param name="Id">Full unit name.</param>
/// <param name="Action">What is wanted.</param>
/// <param name="Steps">What would be done, line by line; the first line says how the unit is now.</param>
public sealed record ServicePreview(string Id, ServiceAction Action, ImmutableArray<string> Steps);
