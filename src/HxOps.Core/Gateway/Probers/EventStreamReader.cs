using System.Buffers;
using System.Text;

namespace HxOps.Gateway.Probers;

/// <summary>Reads the data lines of a server-sent event stream, bounded in line and in all.</summary>
internal sealed class EventStreamReader(Stream source)
{
    private const int LongestLine = 64 << 10;
    private const int MostBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[8 << 10];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _next;
    private int _filled;
    private int _total;

    /// <summary>The next data, or null at the end.</summary>
    /// <exception cref="InvalidDataException">A bound is exceeded.</exception>
    internal async Task<string?> ReadDataAsync(CancellationToken cancellation)
    {
        while (await ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line[5..].Trim();
        }

        return null;
    }

    /// <summary>Gives what was received and not yet read.</summary>
    /// <param name="buffer">Where it is put; 8 KiB hold all of it.</param>
    /// <returns>How many bytes it was.</returns>
    internal int TakeRest(Span<byte> buffer)
    {
        var rest = _buffer.AsSpan(_next, Math.Max(0, _filled - _next));
        rest.CopyTo(buffer);
        _next = _filled;
        return rest.Length;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        _line.ResetWrittenCount();
        while (_next < _filled || await FillAsync(cancellation))
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _next, _filled - _next);
            var stop = end < 0 ? _filled : end;
            _line.Write(_buffer.AsSpan(_next, stop - _next));
            _next = stop + 1;
            if (_line.WrittenCount > LongestLine)
                throw new InvalidDataException("a line over 64 KiB");

            if (end >= 0)
                return Text();
        }

        return _line.WrittenCount > 0 ? Text() : null;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _next = 0;
        _filled = await source.ReadAsync(_buffer, cancellation);
        _total += _filled;
        if (_total > MostBytes)
            throw new InvalidDataException("over 1 MiB without a token");

        return _filled > 0;
    }

    private string Text() => Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r');
}
