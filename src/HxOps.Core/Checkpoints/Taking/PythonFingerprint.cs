using System.Text;
using System.Text.Json;
using HxOps.Deployments;
using HxOps.Files;

namespace HxOps.Checkpoints.Taking;

/// <summary>
/// The packages of a Python environment, read from what pip left beside them. Python itself is not run: it may be what is broken.
/// </summary>
/// <param name="Freeze">What <c>pip freeze</c> would print.</param>
/// <param name="PackageVersion">The version of the package that the deployment names; null when it is not installed.</param>
internal sealed record PythonFingerprint(string Freeze, string? PackageVersion)
{
    private const int LongestHeader = 64 << 10;

    // pip freeze leaves these out as well.
    private static readonly string[] Tools = ["pip", "setuptools", "wheel"];

    /// <summary>Reads an environment; null when there is none.</summary>
    internal static PythonFingerprint? Read(HostRoot root, PythonEnvironment python)
    {
        var packages = new SortedDictionary<string, Package>(StringComparer.Ordinal);
        var found = false;
        try
        {
            foreach (var folder in SitePackages(root.Locate(python.Path)))
            {
                found = true;
                foreach (var information in Directory.EnumerateDirectories(folder, "*.dist-info"))
                {
                    if (ReadPackage(information) is { } package)
                        packages[Normal(package.Name)] = package;
                }
            }
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, python.Path, "read");
        }

        if (!found)
            return null;

        var lines = packages.Where(package => !Tools.Contains(package.Key)).Select(package => package.Value.Line + "\n");
        return new PythonFingerprint(string.Concat(lines), packages.GetValueOrDefault(Normal(python.Package))?.Version);
    }

    private static IEnumerable<string> SitePackages(string environment)
    {
        var library = Path.Combine(environment, "lib");
        return !Directory.Exists(library)
            ? []
            : Directory.EnumerateDirectories(library, "python3*").Select(folder => Path.Combine(folder, "site-packages")).Where(Directory.Exists);
    }

    private static Package? ReadPackage(string information)
    {
        var metadata = Path.Combine(information, "METADATA");
        if (!File.Exists(metadata))
            return null;

        string? name = null;
        string? version = null;
        foreach (var line in ReadStart(metadata).Split('\n').TakeWhile(line => line.TrimEnd('\r').Length > 0))
        {
            name ??= Value(line, "Name:");
            version ??= Value(line, "Version:");
        }

        return name is null || version is null ? null : new Package(name, version, DirectReference(information, name) ?? $"{name}=={version}");
    }

    private static string? DirectReference(string information, string name)
    {
        var path = Path.Combine(information, "direct_url.json");
        if (!File.Exists(path))
            return null;

        try
        {
            using var json = JsonDocument.Parse(ReadStart(path));
            if (!json.RootElement.TryGetProperty("url", out var url) || !Uri.TryCreate(url.GetString(), UriKind.Absolute, out var address))
                return null;

            var plain = address.UserInfo.Length == 0 ? address.OriginalString : new UriBuilder(address) { UserName = "", Password = "" }.Uri.ToString();
            if (json.RootElement.TryGetProperty("vcs_info", out var source))
                return $"{name} @ {source.GetProperty("vcs").GetString()}+{plain}@{source.GetProperty("commit_id").GetString()}";

            return $"{name} @ {plain}";
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string ReadStart(string path)
    {
        using var stream = UntouchedFile.Open(path, bufferSize: 0);
        var buffer = new byte[LongestHeader];
        return Encoding.UTF8.GetString(buffer, 0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    private static string? Value(string line, string key) =>
        line.StartsWith(key, StringComparison.OrdinalIgnoreCase) ? new string([.. line[key.Length..].Trim().Where(character => !char.IsControl(character))]) : null;

    // Names compare as the package index compares them.
    private static string Normal(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');

    private sealed record Package(string Name, string Version, string Line);
}
