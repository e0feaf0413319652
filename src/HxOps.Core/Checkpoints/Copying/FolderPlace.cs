using HxOps.Files;

namespace HxOps.Checkpoints.Copying;

/// <summary>A folder of this machine, a mounted one among them.</summary>
internal sealed class FolderPlace(string folder) : ICopyPlace
{
    private const UnixFileMode FolderMode = (UnixFileMode)0x1E8; // 750

    public Task<CopyRemains> LookAsync(CopyNames names, CancellationToken cancellation)
    {
        FolderSync.Create(folder, FolderMode);
        var final = Local(names.Final);
        var sha256 = File.Exists(final) ? ContentHasher.Hash(final).Sha256 : null;
        return Task.FromResult(new CopyRemains(sha256, PartialFile.Length(Local(names.Part))));
    }

    public Task SendAsync(string archive, CopyNames names, long offset, CancellationToken cancellation) =>
        Task.Run(() => PartialFile.Append(archive, Local(names.Part), offset, cancellation), cancellation);

    public Task<string> HashAsync(CopyNames names, CancellationToken cancellation) => Task.FromResult(ContentHasher.Hash(Local(names.Part)).Sha256);

    public Task CommitAsync(CopyNames names, CancellationToken cancellation)
    {
        EntryRenamer.Publish(Local(names.Part), Local(names.Final));
        FolderSync.Flush(folder);
        return Task.CompletedTask;
    }

    public Task DiscardAsync(CopyNames names, CancellationToken cancellation)
    {
        TreeRemover.Remove(Local(names.Part));
        return Task.CompletedTask;
    }

    private string Local(string name) => Path.Combine(folder, name);
}
