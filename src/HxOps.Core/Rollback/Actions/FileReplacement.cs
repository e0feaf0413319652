using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>Replaces a file whole, with the mode and owner that it has; never torn, never readable by more users on the way.</summary>
internal static class FileReplacement
{
    private const int MostBytes = 16 << 20;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    /// <summary>What a path means: the file at the end of its links.</summary>
    public static string Target(string localPath)
    {
        try
        {
            // Only a link is followed: a file that is not there yet is its own target.
            return new FileInfo(localPath).LinkTarget is null ? localPath : File.ResolveLinkTarget(localPath, returnFinalTarget: true)!.FullName;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return localPath;
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, localPath, "read");
        }
    }

    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string localPath)
    {
        try
        {
            var length = new FileInfo(localPath).Length;
            return length <= MostBytes
                ? File.ReadAllBytes(localPath)
                : throw new HxException(RunErrors.ActionFailed, localPath, $"{localPath} has {length} bytes; a plan handles files of at most {MostBytes}.");
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, localPath, "read");
        }
    }

    /// <summary>
    /// Replaces the bytes and keeps mode and owner; a new file gets <paramref name="newMode"/>, and folders that are missing are made for
    /// its owner only.
    /// </summary>
    public static void Write(string localPath, ReadOnlySpan<byte> content, int newMode)
    {
        var target = Target(localPath);
        var present = new MetadataReader(new AccountDirectory()).TryRead(target);
        if (present is null)
        {
            FolderSync.Create(Path.GetDirectoryName(target)!, PrivateFolder);
            DurableFile.WriteAllBytes(target, content, (UnixFileMode)newMode);
            return;
        }

        var setting = MetadataSetting.Of(present) with { ModifiedNanoseconds = null };
        Write(target, content, setting);
    }

    /// <summary>Replaces the bytes and sets the metadata, both at once.</summary>
    public static void Write(string localPath, ReadOnlySpan<byte> content, MetadataSetting setting)
    {
        var target = Target(localPath);

        // One fixed name: what a killed run leaves there, the next one overwrites.
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.hxops-new");
        DurableFile.WriteAllBytes(beside, content, Private);
        new MetadataWriter(new MetadataReader(new AccountDirectory())).Apply(beside, setting);
        try
        {
            using (var file = File.OpenHandle(beside, FileMode.Open, FileAccess.Read))
            {
                RandomAccess.FlushToDisk(file);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, target, "write");
        }

        FolderSync.Flush(Path.GetDirectoryName(target)!);
    }
}
