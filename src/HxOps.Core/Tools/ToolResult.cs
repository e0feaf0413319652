using Microsoft.Win32.SafeHandles;

namespace HxOps.Tools;

/// <summary>A program to run: an argument list, never a shell line.</summary>
/// <param name="Program">Name looked up on the PATH, or an absolute path.</param>
/// <param name="Arguments">Its arguments, each passed as it is.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>How long it may run; then its process group is asked to end, and killed. <see cref="Timeout.InfiniteTimeSpan"/> sets no limit.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Environment variables set on top of the caller's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder to run it in, or null for the caller's.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Text given on standard input, which is then closed.</summary>
    public string? Input { get; init; }

    /// <summary>An open file that is its standard input; the caller keeps it. Not with <see cref="Input"/>.</summary>
    public SafeFileHandle? InputFile { get; init; }

    /// <summary>An open file that its standard output goes into, as it is; the caller keeps it. The result's output is empty then.</summary>
    public SafeFileHandle? OutputFile { get; init; }

    /// <summary>Most bytes kept of each output; the rest is read and dropped.</summary>
    public int MostOutput { get; init; } = 4 << 20;

    /// <summary>Called with every whole line of standard output as it comes, on a thread of the runner's own; the output is not kept then.</summary>
    public Action<string>? LineReceived { get; init; }

    /// <summary>The command as one line for messages. Secrets belong into <see cref="Environment"/> or <see cref="Input"/>, which it leaves out.</summary>
    public string Display
    {
        get
        {
            var line = string.Join(' ', new[] { Program }.Concat(Arguments).Select(Quoted));
            return line.Length <= MostDisplay ? line : line[..MostDisplay] + "...";
        }
    }

    private const int MostDisplay = 400;

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAny(" \t\n\"'") ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>What a program did.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number when a signal ended it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error; its end, where it was longer than kept.</param>
/// <param name="Elapsed">How long it ran.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Whether a part of standard output was dropped because it was too long.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Whether it exited with zero.</summary>
    public bool Succeeded => ExitCode == 0;
}
