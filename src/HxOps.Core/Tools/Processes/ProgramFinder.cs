using HxOps.Errors;

namespace HxOps.Tools.Processes;

/// <summary>Finds executables the way a shell would.</summary>
internal static class ProgramFinder
{
    private const string FallbackPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The absolute path of a program.</summary>
    /// <exception cref="HxException"><see cref="ToolErrors.Missing"/>.</exception>
    internal static string Find(string program, IReadOnlyDictionary<string, string> environment)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return Path.GetFullPath(program);
        }

        var path = environment.GetValueOrDefault("PATH") is { Length: > 0 } own ? own : FallbackPath;
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable)
            ?? throw new HxException(ToolErrors.Missing, program, $"The program '{program}' is not on the PATH.");
    }

    private static bool IsExecutable(string path) => File.Exists(path) && Posix.Access(path, Posix.MayExecute) == 0;
}
