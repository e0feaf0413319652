using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Services.Units;

/// <summary>The variables that a unit itself gives its processes: <c>Environment=</c>, and after it what its environment files set.</summary>
internal static class UnitEnvironment
{
    private const int MostBytes = 1 << 20;

    /// <exception cref="HxException">An environment file that must be there cannot be read.</exception>
    internal static ImmutableArray<EnvironmentVariable> Read(HostRoot root, ServiceSettings settings) =>
        [.. settings.Environment, .. settings.EnvironmentFiles.SelectMany(file => Read(root, file))];

    /// <summary>The local paths that an <c>EnvironmentFile=</c> names: itself, whether it is there or not, or the files that match its wildcards.</summary>
    /// <exception cref="IOException">A folder on the way cannot be read; so says <see cref="UnauthorizedAccessException"/>, too.</exception>
    internal static ImmutableArray<string> PathsOf(HostRoot root, OptionalPath file) =>
        PathGlob.IsPattern(file.Path) ? PathGlob.Expand(root, file.Path) : [root.Locate(file.Path)];

    /// <summary>The variables of one file.</summary>
    /// <exception cref="IOException">It cannot be read; so says <see cref="UnauthorizedAccessException"/>, too.</exception>
    internal static ImmutableArray<EnvironmentVariable> ReadFile(string localPath)
    {
        using var stream = File.OpenRead(localPath);
        var bytes = new byte[MostBytes];
        var text = Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return [.. EnvironmentFileParser.Parse(text).Select(line => new EnvironmentVariable(line.Name, line.Value))];
    }

    private static ImmutableArray<EnvironmentVariable> Read(HostRoot root, OptionalPath file)
    {
        try
        {
            var paths = PathsOf(root, file);
            return paths.IsEmpty && !file.MayBeMissing
                ? throw new FileNotFoundException("No file has such a name.")
                : [.. paths.SelectMany(path => ReadFile(path))];
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            return file.MayBeMissing ? [] : throw new HxException(ServiceErrors.StartFailed, root.Locate(file.Path),
                $"The environment file '{root.Locate(file.Path)}' ({file.Origin}) cannot be read: {error.Message}", error);
        }
    }
}
