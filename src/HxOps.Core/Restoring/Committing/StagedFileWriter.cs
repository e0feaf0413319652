using System.Buffers;
using System.Collections.Immutable;
using HxOps.Checkpoints.Proving;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Restoring.Committing;

/// <summary>Writes the content of staged files; small ones on several threads.</summary>
internal sealed class StagedFileWriter : IDisposable
{
    private const int BufferSize = 256 << 10;
    private const uint PrivateFile = 0x180; // 600

    private readonly DeploymentContext _context;
    private readonly MetadataWriter _metadata;
    private readonly SmallFileWorkers<ImmutableArray<StagedEntry>> _workers;

    internal StagedFileWriter(DeploymentContext context, MetadataWriter metadata)
    {
        _context = context;
        _metadata = metadata;
        _workers = new SmallFileWorkers<ImmutableArray<StagedEntry>>(WriteSmall);
    }

    /// <summary>Takes the content that the archive gives at this moment for one file with all its staged names.</summary>
    internal void Write(CheckpointContent content, ImmutableArray<StagedEntry> names, CancellationToken cancellation)
    {
        var size = names[0].Wanted!.Entry!.Metadata.Size;
        if (size > SmallFileWorkers<ImmutableArray<StagedEntry>>.LargestFile)
            WriteLarge(content, names, cancellation);
        else
            _workers.Hand(content, size, names, cancellation);
    }

    /// <summary>Waits until every file is written.</summary>
    internal void Complete() => _workers.Complete();

    /// <summary>Waits until nothing writes any more.</summary>
    public void Dispose() => _workers.Dispose();

    private void WriteSmall(ImmutableArray<StagedEntry> names, ReadOnlyMemory<byte> content)
    {
        using var handle = Create(names[0]);
        Put(handle, content.Span, 0, names[0]);
        Finish(handle, names, content.Span.StartsWith("#!"u8));
    }

    private void WriteLarge(CheckpointContent content, ImmutableArray<StagedEntry> names, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
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
}
