using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>Reads a chain of our gzip members, decompressing on all cores ahead of the caller.</summary>
internal sealed class TgzBlockReader : TgzContentStream
{
    private readonly Stream _source;
    private readonly string _archive;
    private readonly byte[] _header = new byte[TgzBlock.HeaderLength];
    private readonly Queue<Task<TgzBlock>> _pending = new();
    private int _headerLength;
    private HxException? _failure;
    private TgzBlock? _current;
    private int _offset;

    internal TgzBlockReader(Stream source, ReadOnlyMemory<byte> start, string archive)
    {
        _source = source;
        _archive = archive;
        start.CopyTo(_header);
        _headerLength = start.Length;
        Fill();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_current is null || _offset == _current.Length)
        {
            if (!Next())
                return 0;
        }

        var count = Math.Min(buffer.Length, _current.Length - _offset);
        _current.Plain.AsSpan(_offset, count).CopyTo(buffer);
        _offset += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        // A failed block has told the caller, or would have if it had been read; nothing must be at work when this returns.
        Task.WhenAll(_pending).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait();
        while (_pending.TryDequeue(out var task))
        {
            if (task.IsCompletedSuccessfully)
                TgzBlockPool.Return(task.Result);
        }

        if (_current is not null)
            TgzBlockPool.Return(_current);
        _current = null;
        base.Dispose(disposing);
    }

    private bool Next()
    {
        if (_current is not null)
        {
            TgzBlockPool.Return(_current);
            _current = null;
            Fill();
        }

        if (_pending.Count == 0)
            return _failure is null ? false : throw _failure;

        _current = _pending.Dequeue().GetAwaiter().GetResult();
        _offset = 0;
        return true;
    }

    // A failure to read ahead is told only when the blocks before it have been taken.
    private void Fill()
    {
        try
        {
            while (_failure is null && _pending.Count < TgzBlockPool.MostPending && ReadBlock() is { } block)
                _pending.Enqueue(Task.Factory.StartNew(
                    () =>
                    {
                        block.Decompress(_archive);
                        return block;
                    },
                    CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));
        }
        catch (HxException failure)
        {
            _failure = failure;
        }
    }

    private TgzBlock? ReadBlock()
    {
        _headerLength += _source.ReadAtLeast(_header.AsSpan(_headerLength), _header.Length - _headerLength, throwOnEndOfStream: false);
        if (_headerLength == 0)
            return null;

        if (_headerLength < _header.Length)
            throw TgzBlock.CouldBegin(_header.AsSpan(0, _headerLength)) ? Truncated() : TgzBlock.Damaged(_archive);

        var block = TgzBlockPool.Rent();
        block.TakeHeader(_header, _archive);
        _headerLength = 0;
        return _source.ReadAtLeast(block.Rest, block.Rest.Length, throwOnEndOfStream: false) == block.Rest.Length ? block : throw Truncated();
    }

    private HxException Truncated() => new(ArchiveErrors.Truncated, _archive, $"{_archive} ends in the middle of a block.");
}
