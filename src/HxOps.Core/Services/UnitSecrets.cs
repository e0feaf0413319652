using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Units;

namespace HxOps.Services;

/// <summary>
/// The secrets in the environment that a unit gives its processes. One setting, line or file that cannot be understood hides no other one:
/// systemd runs units with such lines, and what they print has to be redacted all the same.
/// </summary>
/// <param name="Values">The values of variables that look like secrets.</param>
/// <param name="Unread">Host paths of files that are there and cannot be read.</param>
internal sealed record UnitSecrets(ImmutableArray<string> Values, ImmutableArray<string> Unread)
{
    /// <summary>Reads what can be read of a unit's files and environment files.</summary>
    internal static UnitSecrets Of(HostRoot root, string unit)
    {
        var unread = ImmutableArray.CreateBuilder<string>();
        var settings = Try(unit, () => new UnitLoader(root).Glean(unit, unread.Add), unread);
        if (settings.IsEmpty || UnitName.TryParse(unit) is not { } name)
            return new UnitSecrets([], unread.ToImmutable());

        var reader = new ServiceSettingsReader(new UnitDefinition { Name = name, File = "", Settings = settings });
        var variables = reader.Environment().AddRange(reader.EnvironmentFiles()
            .SelectMany(file => Try(file.Path, () => UnitEnvironment.PathsOf(root, file), unread))
            .SelectMany(path => Try(root.HostPathOf(path), () => UnitEnvironment.ReadFile(path), unread)));
        return new UnitSecrets([.. variables.Where(variable => SecretPatterns.IsSecret(variable.Name, variable.Value)).Select(variable => variable.Value)], unread.ToImmutable());
    }

    private static ImmutableArray<T> Try<T>(string path, Func<ImmutableArray<T>> read, ImmutableArray<string>.Builder unread)
    {
        try
        {
            return read();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception refused) when (FileFailure.IsOne(refused) || refused is HxException)
        {
            unread.Add(path);
            return [];
        }
    }
}
