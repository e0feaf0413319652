using System.Text;
using HxOps.Errors;

namespace HxOps.Files;

/// <summary>Reads small text files of unknown origin: UTF-8, up to a bound, never a device or a pipe that does not end.</summary>
public static class BoundedText
{
    /// <summary>The bound for configuration and unit files, in bytes.</summary>
    public const int DefaultBound = 4 << 20;

    /// <summary>The file is not a text, or longer than any such file may be.</summary>
    public static readonly ErrorId Unreadable = new("TextUnreadable", ExitCode.Usage,
        "Check that the path names the text file that is meant.");

    /// <summary>The text, or null when there is no such file.</summary>
    /// <param name="path">A local path; links are followed.</param>
    /// <param name="bound">Most bytes.</param>
    /// <exception cref="HxException"><see cref="Unreadable"/>, or what the file system refused.</exception>
    public static string? TryRead(string path, int bound = DefaultBound)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(bound, file.Length) + 1];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > bound || bytes.AsSpan(0, count).Contains((byte)0))
                throw new HxException(Unreadable, path, $"{path} is not a text of at most {bound} bytes.");

            return Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    /// <summary>The text of a file that must exist.</summary>
    /// <inheritdoc cref="TryRead"/>
    public static string Read(string path, int bound = DefaultBound) => TryRead(path, bound)
        ?? throw new HxException(CommonErrors.PathNotFound, path, $"There is no file {path}.");
}
