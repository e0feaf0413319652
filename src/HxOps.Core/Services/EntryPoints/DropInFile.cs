using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Services.EntryPoints;

/// <summary>Writes drop-ins.</summary>
internal static class DropInFile
{
    private const UnixFileMode NewFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode NewFolder = NewFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes one durably. One that exists keeps its mode and owner: it may hold settings that only root reads.</summary>
    internal static void Write(string localPath, string text)
    {
        var present = new MetadataReader(new AccountDirectory()).TryRead(localPath);
        FolderSync.Create(Path.GetDirectoryName(localPath)!, NewFolder);
        DurableFile.WriteAllText(localPath, text, present is null ? NewFile : (UnixFileMode)present.Mode);
        if (present is not null)
            new MetadataWriter(new MetadataReader(new AccountDirectory())).Apply(localPath, MetadataSetting.Of(present) with { ModifiedNanoseconds = null });
    }
}
