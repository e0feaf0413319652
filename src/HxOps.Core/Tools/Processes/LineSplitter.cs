using System.Text;

namespace HxOps.Tools.Processes;

/// <summary>Cuts what a program writes into lines. A line that is longer than a mebibyte is dropped.</summary>
/// <param name="receive">Called with every whole line, without its end.</param>
internal sealed class LineSplitter(Action<string> receive)
{
    private const int LongestLine = 1 << 20;
    private readonly List<byte> _line = [];
    private bool _isTooLong;

    internal void Add(ReadOnlySpan<byte> chunk)
    {
        for (int end; (end = chunk.IndexOf((byte)'\n')) >= 0; chunk = chunk[(end + 1)..])
        {
            Keep(chunk[..end]);
            if (!_isTooLong)
            {
                receive(Encoding.UTF8.GetString([.. _line]));
            }

            _line.Clear();
            _isTooLong = false;
        }

        Keep(chunk);
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (_isTooLong || _line.Count + part.Length > LongestLine)
        {
            _isTooLong = true;
            _line.Clear();
            return;
        }

        _line.AddRange(part);
    }
}
