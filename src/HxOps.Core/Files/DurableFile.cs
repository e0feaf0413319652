using System.Security.Cryptography;
using System.Text;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files;

/// <summary>
/// A file that appears under its name whole or not at all: written under a temporary name beside it, synced, renamed, and the folder
/// synced. Disposing it without <see cref="Commit"/> leaves nothing behind. It is never readable by more users than it finally is.
/// </summary>
public sealed class DurableFile : IDisposable
{
    private const string TemporaryPrefix = ".hxops-";
    private const string TemporaryEnding = ".tmp";

    private readonly string _temporary;
    private readonly SafeFileHandle _handle;
    private readonly uint _mode;
    private readonly FileOwner? _owner;
    private bool _isCommitted;

    private DurableFile(string path, string temporary, SafeFileHandle handle, uint mode, FileOwner? owner)
    {
        Path = path;
        _temporary = temporary;
        _handle = handle;
        _mode = mode;
        _owner = owner;
        Content = new FileStream(handle, FileAccess.Write, bufferSize: 0);
    }

    /// <summary>The final path.</summary>
    public string Path { get; }

    /// <summary>Where the content goes. Unbuffered.</summary>
    public Stream Content { get; }

    /// <summary>The open file, for a program that writes it in this one's place.</summary>
    internal SafeFileHandle Handle => _handle;

    /// <summary>Opens what has been written so far, for whoever proves it before <see cref="Commit"/>.</summary>
    internal SafeFileHandle OpenForReading() =>
        Posix.Open(_temporary, Posix.O_RDONLY) ?? throw FileFailure.FromErrno(Posix.LastError, Path, "read");

    /// <summary>Begins a file; its folder must exist.</summary>
    /// <param name="path">The final local path; a file there is replaced by <see cref="Commit"/>.</param>
    /// <param name="mode">Permission bits of the final file; the umask has no say.</param>
    /// <param name="owner">Whom it belongs to before anybody but the writer may read it; null leaves it to the writer.</param>
    /// <exception cref="Errors.HxException">The folder refuses it.</exception>
    public static DurableFile Create(string path, UnixFileMode mode, FileOwner? owner = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var temporary = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(full) ?? "/", TemporaryPrefix + random + TemporaryEnding);
        var handle = Posix.Open(temporary, Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL, (uint)mode & 0x180)
            ?? throw FileFailure.FromErrno(Posix.LastError, path, "write");
        return new DurableFile(full, temporary, handle, (uint)mode, owner);
    }

    /// <summary>Writes a whole file durably.</summary>
    /// <inheritdoc cref="Create"/>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner = null)
    {
        using var file = Create(path, mode, owner);
        try
        {
            file.Content.Write(content);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "write");
        }

        file.Commit();
    }

    /// <summary>Writes a whole text durably, in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Create"/>
    public static void WriteAllText(string path, string content, UnixFileMode mode) =>
        WriteAllBytes(path, Encoding.UTF8.GetBytes(content), mode);

    /// <summary>Removes what a killed process left in a folder. Call it only while holding the lock that every writer there holds.</summary>
    public static void RemoveAbandoned(string folder)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, TemporaryPrefix + "*" + TemporaryEnding))
            TryDelete(leftover);
    }

    /// <summary>Makes the file durable under its final name.</summary>
    /// <exception cref="Errors.HxException">It could not be; nothing under the final name has changed.</exception>
    public void Commit()
    {
        if (_owner is { } owner && Posix.Retry(() => Posix.ChangeOwner(_handle, owner.UserId, owner.GroupId)) < 0)
            throw FileFailure.FromErrno(Posix.LastError, Path, "set the owner of");

        if (Posix.Retry(() => Posix.ChangeMode(_handle, _mode)) < 0 || Posix.Retry(() => Posix.Sync(_handle)) < 0)
            throw FileFailure.FromErrno(Posix.LastError, Path, "write");

        Content.Dispose();
        try
        {
            File.Move(_temporary, Path, overwrite: true);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, Path, "write");
        }

        _isCommitted = true;
        FolderSync.Flush(System.IO.Path.GetDirectoryName(Path) ?? "/");
    }

    /// <summary>Removes the temporary file unless it was committed.</summary>
    public void Dispose()
    {
        Content.Dispose();
        _handle.Dispose();
        if (!_isCommitted)
            TryDelete(_temporary);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            // A leftover harms nobody: its name is never read, and the next writer tries again.
        }
    }
}

/// <summary>Whom a file belongs to, by the numbers of this machine.</summary>
/// <param name="UserId">Owner.</param>
/// <param name="GroupId">Group.</param>
public readonly record struct FileOwner(uint UserId, uint GroupId);
