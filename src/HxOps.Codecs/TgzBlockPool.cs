using System.Collections.Concurrent;

namespace HxOps.Codecs;

/// <summary>
/// Blocks that are free. One archive needs as many as the cores can work on; they are kept for the next, because what is as large as
/// a block is collected late, and a session that takes and verifies checkpoints would hold several generations of them.
/// </summary>
internal static class TgzBlockPool
{
    /// <summary>Blocks at work in one archive: one on each core, and one ready for when it ends.</summary>
    internal static readonly int MostPending = Environment.ProcessorCount + 1;

    private static readonly ConcurrentStack<TgzBlock> Free = new();

    /// <summary>A block without content.</summary>
    internal static TgzBlock Rent()
    {
        var block = Free.TryPop(out var free) ? free : new TgzBlock();
        block.Length = 0;
        return block;
    }

    /// <summary>Takes back a block that nothing works on; what is more than one archive needs is left to the collector.</summary>
    internal static void Return(TgzBlock block)
    {
        if (Free.Count <= MostPending)
            Free.Push(block);
    }
}
