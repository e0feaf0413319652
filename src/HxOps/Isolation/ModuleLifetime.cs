using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace HxOps.Isolation;

/// <summary>Shows the runtime the way to the isolated assemblies while the module is imported.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly CodecsLoadContext s_codecs = new(Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!);

    /// <inheritdoc/>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted.Name == CodecsLoadContext.Entrance ? s_codecs.LoadFromAssemblyName(wanted) : null;
}
