using System.Text;

namespace HxOps.Tools.Processes;

/// <summary>Keeps a bounded part of what a program writes: its beginning, or its end.</summary>
internal sealed class OutputBuffer(int most, KeptPart part)
{
    private byte[] _bytes = new byte[Math.Clamp(most, 1, 4096)];
    private int _count;
    private int _start;

    /// <summary>Whether something was dropped.</summary>
    internal bool IsTruncated { get; private set; }

    internal void Add(ReadOnlySpan<byte> chunk)
    {
        Grow(chunk.Length);
        var room = Math.Min(_bytes.Length - _count, chunk.Length);
        chunk[..room].CopyTo(_bytes.AsSpan(_count));
        _count += room;
        if (room == chunk.Length)
        {
            return;
        }

        IsTruncated = true;
        if (part == KeptPart.End)
        {
            foreach (var value in chunk[room..])
            {
                _bytes[_start] = value;
                _start = (_start + 1) % _bytes.Length;
            }
        }
    }

    internal string Text() =>
        Encoding.UTF8.GetString(_start == 0 ? _bytes.AsSpan(0, _count) : [.. _bytes.AsSpan(_start), .. _bytes.AsSpan(0, _start)]);

    private void Grow(int more)
    {
        if (_count + more > _bytes.Length && _bytes.Length < most)
        {
            Array.Resize(ref _bytes, (int)Math.Min(most, Math.Max((long)_bytes.Length * 2, (long)_count + more)));
        }
    }
}

/// <summary>Which part of an output that is too long is kept.</summary>
internal enum KeptPart
{
    /// <summary>The beginning: what a parser wants.</summary>
    Beginning,

    /// <summary>The end: where a program says why it failed.</summary>
    End,
}
