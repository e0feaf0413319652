namespace HxOps.Codecs;

/// <summary>Cuts a stream into blocks, compresses them on all cores, and writes them in order from the caller's thread.</summary>
internal sealed class TgzBlockWriter(Stream destination) : IDisposable
{
    private readonly Queue<Task<TgzBlock>> _pending = new();
    private bool _isDisposed;
    private TgzBlock _current = TgzBlockPool.Rent();

    /// <summary>Appends content.</summary>
    internal void Write(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var count = Math.Min(content.Length, TgzBlock.PlainLength - _current.Length);
            content[..count].CopyTo(_current.Plain.AsSpan(_current.Length));
            _current.Length += count;
            content = content[count..];
            if (_current.Length == TgzBlock.PlainLength)
                Submit();
        }
    }

    /// <summary>Appends zeros.</summary>
    internal void WriteZeros(int count)
    {
        Span<byte> zeros = stackalloc byte[Math.Min(count, 1024)];
        zeros.Clear();
        for (; count > 0; count -= zeros.Length)
            Write(zeros[..Math.Min(count, zeros.Length)]);
    }

    /// <summary>Writes what is left, and waits for all of it.</summary>
    internal void Complete()
    {
        if (_current.Length > 0)
            Submit();

        while (_pending.Count > 0)
            WriteOldest();
    }

    /// <summary>Waits for the blocks at work; their result is dropped.</summary>
    public void Dispose()
    {
        Task.WaitAll(_pending.ToArray<Task>());
        while (_pending.TryDequeue(out var dropped))
            TgzBlockPool.Return(dropped.Result);
        if (!_isDisposed)
            TgzBlockPool.Return(_current);
        _isDisposed = true;
    }

    private void Submit()
    {
        if (_pending.Count == TgzBlockPool.MostPending)
            WriteOldest();

        _pending.Enqueue(Task.Factory.StartNew(
            static state =>
            {
                var block = (TgzBlock)state!;
                block.Compress();
                return block;
            },
            _current, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));
        _current = TgzBlockPool.Rent();
    }

    private void WriteOldest()
    {
        var block = _pending.Dequeue().GetAwaiter().GetResult();
        destination.Write(block.Member, 0, block.MemberLength);
        TgzBlockPool.Return(block);
    }
}
