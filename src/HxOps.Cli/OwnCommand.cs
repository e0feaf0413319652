using System.Collections.Immutable;

namespace HxOps.Cli;

/// <summary>How this very program is started again.</summary>
internal static class OwnCommand
{
    /// <summary>The program; under "dotnet hxops.dll" that is dotnet, and the assembly its first argument.</summary>
    public static ImmutableArray<string> Words { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, Path.GetFullPath(Environment.GetCommandLineArgs()[0])]
        : [Environment.ProcessPath!];
}
