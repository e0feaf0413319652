using System.Collections.Immutable;

namespace HxOps.Deployments.Reading;

/// <summary>What the parts of a deployment file refer to in one another. It is read first, so that a wrong reference is reported where it stands.</summary>
/// <param name="Root">The folder that relative paths start from, a host path.</param>
/// <param name="Secrets">Names of the secrets.</param>
/// <param name="Endpoints">The endpoints.</param>
internal sealed record DeploymentScope(string Root, NameList<Secret> Secrets, NameList<Endpoint> Endpoints)
{
    /// <summary>The scope of an empty file.</summary>
    public static DeploymentScope Empty { get; } = new("/", NameList<Secret>.Empty, NameList<Endpoint>.Empty);
}

/// <summary>Values that are referred to by name.</summary>
/// <param name="Items">The values that could be read, by name.</param>
/// <param name="IsWhole">Whether there are no others: else an unknown name may be one that was already reported as wrong.</param>
internal sealed record NameList<T>(ImmutableDictionary<string, T> Items, bool IsWhole)
{
    /// <summary>No names at all.</summary>
    public static NameList<T> Empty { get; } = new(ImmutableDictionary<string, T>.Empty, true);
}
