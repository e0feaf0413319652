using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;

namespace HxOps.Deployments;

/// <summary>Finds deployment files: by path, by name, by <c>HXOPS_DEPLOYMENT</c>, at <c>/etc/hxops/deployment.yaml</c>, or the shipped one.</summary>
/// <param name="root">The root that <c>/etc/hxops</c> lies below.</param>
/// <param name="shippedFolder">The folder of the deployments that come with HxOps.</param>
/// <param name="environment">Where <c>HXOPS_DEPLOYMENT</c> comes from.</param>
public sealed class DeploymentLocator(HostRoot root, string shippedFolder, Func<string, string?> environment)
{
    /// <summary>The environment variable that names a deployment, or its file.</summary>
    public const string Variable = "HXOPS_DEPLOYMENT";

    private const string HostDefault = "/etc/hxops/deployment.yaml";
    private const string HostFolder = "/etc/hxops/deployments";
    private const string ShippedDefault = "hx-api-gateway";
    private const string Extension = ".yaml";

    /// <summary>The local path of the file to use.</summary>
    /// <param name="nameOrPath">What the user gave; null or empty looks further as the summary says.</param>
    /// <exception cref="HxException"><see cref="DeploymentErrors.NotFound"/>, which lists what there is, or the root is no folder.</exception>
    public string Find(string? nameOrPath)
    {
        // A mistyped root must not look like a host that has nothing on it.
        if (!root.IsMachine && !Directory.Exists(root.Folder))
        {
            throw new HxException(CommonErrors.PathNotFound, root.Folder, $"The root folder {root.Folder} does not exist.");
        }

        if (!string.IsNullOrEmpty(nameOrPath))
        {
            return Resolve(nameOrPath, "");
        }

        if (environment(Variable) is { Length: > 0 } configured)
        {
            return Resolve(configured, $" (from {Variable})");
        }

        var hostDefault = root.Locate(HostDefault);
        return File.Exists(hostDefault) ? hostDefault : Resolve(ShippedDefault, "");
    }

    /// <summary>The local paths of every deployment file that can be named, the host's before the shipped ones.</summary>
    public ImmutableArray<string> List()
    {
        var hostDefault = root.Locate(HostDefault);
        return
        [
            .. File.Exists(hostDefault) ? [hostDefault] : Array.Empty<string>(),
            .. FilesIn(root.Locate(HostFolder)),
            .. FilesIn(shippedFolder),
        ];
    }

    /// <summary>What <see cref="Find"/> takes for a listed file: its name, or its path where a name means another file or none.</summary>
    public string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Named(name) == path ? name : path;
    }

    private string? Named(string name) =>
        new[] { root.Locate(HostFolder), shippedFolder }.Select(folder => Path.Combine(folder, name + Extension)).FirstOrDefault(File.Exists);

    private string Resolve(string nameOrPath, string origin)
    {
        if (nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.EndsWith(Extension, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(nameOrPath);
            return File.Exists(path) ? path : throw NotFound(nameOrPath, $"there is no deployment file {nameOrPath}{origin}");
        }

        return Named(nameOrPath)
            ?? throw NotFound(nameOrPath, $"no deployment is called '{nameOrPath}'{origin}{NearestName.Hint(nameOrPath, Names())}");
    }

    private HxException NotFound(string target, string what)
    {
        var names = Names().ToList();
        return new HxException(DeploymentErrors.NotFound, target, names.Count == 0 ? $"{Sentence(what)} There are none" : $"{Sentence(what)} There are: {string.Join(", ", names)}");
    }

    private static string Sentence(string text) => text.EndsWith('?') ? text : text + ".";

    private IEnumerable<string> Names() =>
        FilesIn(root.Locate(HostFolder)).Concat(FilesIn(shippedFolder)).Select(file => Path.GetFileNameWithoutExtension(file)).Distinct();

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal) : [];
}
