using System.Text;
using HxOps.Files;

namespace HxOps.Cli;

/// <summary>
/// A standard stream to write to, in UTF-8 without a byte order mark. What cannot be written, to a full disk or to nowhere, is dropped and
/// the first failure remembered: a restore goes on to its end though nobody can read of it.
/// </summary>
internal sealed class StandardWriter
{
    private readonly Stream _stream;

    private StandardWriter(Stream stream)
    {
        _stream = stream;
        Text = Open(Write);
    }

    /// <summary>What the program was given as standard output.</summary>
    public static StandardWriter Output() => new(Console.OpenStandardOutput());

    /// <summary>What the program was given as standard error.</summary>
    public static StandardWriter Error() => new(Console.OpenStandardError());

    /// <summary>Takes text.</summary>
    public TextWriter Text { get; }

    /// <summary>Why something was dropped, or null.</summary>
    public Exception? Failure { get; private set; }

    private static StreamWriter Open(Action<ReadOnlySpan<byte>> take) => new(new SinkStream(take), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (Failure is not null)
            return; // A part without what came before it would read like the whole.

        try
        {
            _stream.Write(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure.InnerException ?? failure;
        }
    }
}
