using System.Buffers;
using System.Collections.Immutable;
using System.Threading.Channels;
using HxOps.Checkpoints;
using HxOps.Files;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Restoring;

/// <summary>
/// Writes the content of staged files. The archive gives it on one thread; small files, whose cost is the making rather than the bytes,
/// are made on others meanwhile.
/// </summary>
internal sealed class StagedFileWriter : IDisposable
{
    private const int SmallFile = 256 << 10;
    private const int MostWaiting = 64; // Small files in memory: at most 16 MiB.
    private const uint PrivateFile = 0x180; // 600

    private readonly DeploymentContext _context;
    private readonly MetadataWriter _metadata;
    private readonly Channel<SmallContent> _waiting = Channel.CreateBounded<SmallContent>(new BoundedChannelOptions(MostWaiting) { SingleWriter = true });
    private readonly Task[] _workers;

    internal StagedFileWriter(DeploymentContext context, MetadataWriter metadata)
    {
        _context = context;
        _metadata = metadata;
        _workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Takes the content that the archive gives at this moment for one file with all its staged names.</summary>
    internal void Write(CheckpointContent content, ImmutableArray<StagedEntry> names, CancellationToken cancellation)
    {
        var size = names[0].Wanted!.Entry!.Metadata.Size;
        if (size > SmallFile)
        {
            WriteLarge(content, names, cancellation);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)size + 1);
        var length = 0;
        while (content.Read(buffer.AsSpan(length)) is > 0 and var read)
            length += read;

        Hand(new SmallContent(buffer, length, names), cancellation);
    }

    /// <summary>Waits until every file is written.</summary>
    internal void Complete()
    {
        _waiting.Writer.TryComplete();
        Task.WhenAll(_workers).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        foreach (var worker in _workers)
            ((IAsyncResult)worker).AsyncWaitHandle.WaitOne();
    }

    private void Hand(SmallContent file, CancellationToken cancellation)
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
                var isScript = file.Buffer.AsSpan(0, file.Length).StartsWith("#!"u8);
                using (var handle = Create(file.Names[0]))
                {
                    Put(handle, file.Buffer.AsSpan(0, file.Length), 0, file.Names[0]);
                    Finish(handle, file.Names, isScript);
                }

                ArrayPool<byte>.Shared.Return(file.Buffer);
            }
        }
        catch (Exception)
        {
            _waiting.Writer.TryComplete();
            throw;
        }
    }

    private void WriteLarge(CheckpointContent content, ImmutableArray<StagedEntry> names, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SmallFile);
        try
        {
            using var handle = Create(names[0]);
            var isScript = false;
            for (long offset = 0; content.Read(buffer) is > 0 and var read; offset += read)
            {
                cancellation.ThrowIfCancellationRequested();
                isScript = offset == 0 ? buffer.AsSpan(0, read).StartsWith("#!"u8) : isScript;
                Put(handle, buffer.AsSpan(0, read), offset, names[0]);
            }

            Finish(handle, names, isScript);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private SafeFileHandle Create(StagedEntry name) =>
        Posix.Open(_context.Root.Locate(name.HostPath), Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL | Posix.O_NOFOLLOW, PrivateFile)
            ?? throw FileFailure.FromErrno(Posix.LastError, name.Wanted!.HostPath, "write");

    private static void Put(SafeFileHandle handle, ReadOnlySpan<byte> content, long offset, StagedEntry name)
    {
        try
        {
            RandomAccess.Write(handle, content, offset);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, name.Wanted!.HostPath, "write");
        }
    }

    private void Finish(SafeFileHandle handle, ImmutableArray<StagedEntry> names, bool isScript)
    {
        var first = _context.Root.Locate(names[0].HostPath);
        _metadata.Apply(handle, first, names[0].Wanted!.SettingFor(isScript));
        foreach (var other in names.AsSpan()[1..])
        {
            if (Posix.Link(first, _context.Root.Locate(other.HostPath)) < 0)
                throw FileFailure.FromErrno(Posix.LastError, other.Wanted!.HostPath, "link");
        }
    }

    private readonly record struct SmallContent(byte[] Buffer, int Length, ImmutableArray<StagedEntry> Names);
}
