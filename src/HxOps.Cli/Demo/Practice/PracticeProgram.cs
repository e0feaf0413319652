using System.Runtime.InteropServices;

namespace HxOps.Cli.Demo.Practice;

/// <summary>How a unit starts this very program again, whichever way it was started itself: by its host, by dotnet or within a test.</summary>
internal static class PracticeProgram
{
    /// <summary>
    /// A shell script that becomes a practice service. Its own path is passed on: the kernel knows the process by the command line, and
    /// that has to tell which program it is, as the command line of a real Python service does.
    /// </summary>
    /// <param name="arguments">Arguments before those that the script is given, as shell text.</param>
    public static string Script(string arguments) => $"#!/bin/sh\nexec {CommandLine()} demo gateway {arguments} --script \"$0\" \"$@\"\n";

    private static string CommandLine()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, typeof(PracticeProgram).Assembly.GetName().Name + ".dll");
        return File.Exists(assembly) ? $"{Quote(DotNet())} {Quote(assembly)}" : Quote(Environment.ProcessPath!);
    }

    // The runtime lies in <dotnet>/shared/Microsoft.NETCore.App/<version>; a unit's PATH need not lead there.
    private static string DotNet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
