namespace HxOps.Cli;

/// <summary>
/// A standard stream to write to. What cannot be written, to a full disk or to nowhere, is dropped and the first failure remembered: a
/// restore goes on to its end though nobody can read of it.
/// </summary>
internal sealed class StandardStream : Stream
{
    private readonly Stream _stream;

    private StandardStream(Stream stream) => _stream = stream;

    /// <summary>What the program was given as standard output.</summary>
    public static StandardStream Output() => new(Console.OpenStandardOutput());

    /// <summary>What the program was given as standard error.</summary>
    public static StandardStream Error() => new(Console.OpenStandardError());

    /// <summary>Why something was dropped, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Failure is not null)
            return; // A part without what came before it would read like the whole.

        try
        {
            _stream.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure.InnerException ?? failure;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept here.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
