using System.Buffers;
using System.Threading.Channels;

namespace HxOps.Checkpoints.Proving;

/// <summary>
/// Makes files of what an archive gives. It gives its content on one thread; small files, whose cost is the making rather than the bytes,
/// are made on others meanwhile.
/// </summary>
/// <typeparam name="T">What a file is to be made of besides its content.</typeparam>
internal sealed class SmallFileWorkers<T> : IDisposable
{
    /// <summary>A larger file is for the caller to write: nobody holds it in memory.</summary>
    internal const int LargestFile = 256 << 10;

    private const int MostWaiting = 64; // At most 16 MiB.

    private readonly Channel<SmallFile> _waiting = Channel.CreateBounded<SmallFile>(new BoundedChannelOptions(MostWaiting) { SingleWriter = true });
    private readonly Action<T, ReadOnlyMemory<byte>> _make;
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="make">Makes one file; called on several threads at once. The memory is good for the call only.</param>
    internal SmallFileWorkers(Action<T, ReadOnlyMemory<byte>> make)
    {
        _make = make;
        _workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Takes the content that the archive gives at this moment.</summary>
    /// <param name="content">Positioned at the entry of the file.</param>
    /// <param name="size">How many bytes the verified manifest says there are, at most <see cref="LargestFile"/>.</param>
    /// <param name="target">What the content is for.</param>
    /// <param name="cancellation">Stops the waiting for a free worker.</param>
    internal void Hand(CheckpointContent content, long size, T target, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)size);
        content.ReadWhole(buffer.AsSpan(0, (int)size));
        Wait(new SmallFile(buffer, (int)size, target), cancellation);
    }

    /// <summary>Waits until every file is made; throws the failure of the first worker that had one.</summary>
    internal void Complete()
    {
        _waiting.Writer.TryComplete();
        Task.WhenAll(_workers).GetAwaiter().GetResult();
    }

    /// <summary>Waits until no worker writes any more.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        foreach (var worker in _workers)
            ((IAsyncResult)worker).AsyncWaitHandle.WaitOne();
    }

    private void Wait(SmallFile file, CancellationToken cancellation)
    {
        while (!_waiting.Writer.TryWrite(file))
        {
            // Refused for good only after a worker failed; its failure is the one to tell.
            if (!_waiting.Writer.WaitToWriteAsync(cancellation).AsTask().GetAwaiter().GetResult())
                Complete();
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var file in _waiting.Reader.ReadAllAsync())
            {
                _make(file.Target, file.Buffer.AsMemory(0, file.Length));
                ArrayPool<byte>.Shared.Return(file.Buffer);
            }
        }
        catch (Exception)
        {
            _waiting.Writer.TryComplete();
            throw;
        }
    }

    private readonly record struct SmallFile(byte[] Buffer, int Length, T Target);
}
