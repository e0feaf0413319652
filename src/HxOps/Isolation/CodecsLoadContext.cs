using System.Reflection;
using System.Runtime.Loader;

namespace HxOps.Isolation;

/// <summary>
/// Holds HxOps.Codecs and the packages behind it apart from the session: other modules may bring other versions of the same packages,
/// before or after. HxOps.Core stays in the default context, since its types are what commands give and take.
/// </summary>
internal sealed class CodecsLoadContext(string folder) : AssemblyLoadContext("HxOps.Codecs")
{
    internal const string Entrance = "HxOps.Codecs";

    private static readonly string[] s_isolated = [Entrance, "YamlDotNet", "ICSharpCode.SharpZipLib", "DiffPlex"];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        s_isolated.Contains(assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(folder, assemblyName.Name + ".dll")) : null;
}
