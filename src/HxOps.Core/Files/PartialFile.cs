namespace HxOps.Files;

/// <summary>A file that is brought over in several attempts: it grows, and is durable as far as it goes.</summary>
internal static class PartialFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // It may hold secrets.
    private const int BufferSize = 1 << 20;

    /// <summary>Appends what a file has from an offset on, and syncs it.</summary>
    /// <param name="source">The local file.</param>
    /// <param name="part">The local file that grows; cut to the offset first.</param>
    /// <param name="offset">Bytes that it has already.</param>
    /// <param name="cancellation">Stops it; what was written stays.</param>
    internal static void Append(string source, string part, long offset, CancellationToken cancellation)
    {
        try
        {
            using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using var to = new FileStream(part, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = Mode, BufferSize = 0 });
            to.SetLength(offset);
            to.Position = from.Position = offset;
            var buffer = new byte[BufferSize];
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                to.Write(buffer, 0, read);
            }

            to.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, part, "write");
        }
    }
}
