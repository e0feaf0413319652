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
        [.. settings.Environment, .. settings.EnvironmentFiles.SelectMany(file => ReadFile(root.Locate(file.Path), file))];

    private static IEnumerable<EnvironmentVariable> ReadFile(string path, OptionalPath file)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MostBytes];
            var text = Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return EnvironmentFileParser.Parse(text).Select(line => new EnvironmentVariable(line.Name, line.Value));
        }
        catch (Exception error) when (file.MayBeMissing && error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HxException(ServiceErrors.StartFailed, path, $"The environment file '{path}' ({file.Origin}) cannot be read: {error.Message}", error);
        }
    }
}
