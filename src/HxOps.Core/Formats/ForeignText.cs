using System.Text;
using HxOps.Errors;

namespace HxOps.Formats;

/// <summary>Reads text files that someone else wrote: never more than a bound, never anything but UTF-8.</summary>
public static class ForeignText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The whole text of a file, or null when there is none.</summary>
    /// <inheritdoc cref="Read"/>
    public static string? TryRead(string localPath, int mostBytes) => File.Exists(localPath) ? Read(localPath, mostBytes) : null;

    /// <summary>The whole text of a file.</summary>
    /// <param name="localPath">The file.</param>
    /// <param name="mostBytes">The largest file that is read.</param>
    /// <exception cref="HxException">The file is missing, unreadable, too large or not UTF-8.</exception>
    public static string Read(string localPath, int mostBytes)
    {
        try
        {
            using var file = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[Math.Min(mostBytes, 64 << 10) + 1];
            var count = 0;
            for (int read; (read = file.Read(bytes, count, bytes.Length - count)) > 0;)
            {
                count += read;
                if (count > mostBytes)
                {
                    throw new HxException(FormatErrors.TextUnreadable, localPath, $"{localPath} has more than {mostBytes} bytes");
                }

                if (count == bytes.Length)
                {
                    Array.Resize(ref bytes, (int)Math.Min(mostBytes + 1L, bytes.Length * 2L));
                }
            }

            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException error)
        {
            throw new HxException(FormatErrors.TextUnreadable, localPath, $"{localPath} is not UTF-8 text", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HxException(CommonErrors.PathNotFound, localPath, $"{localPath} does not exist", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new HxException(CommonErrors.AccessDenied, localPath, $"{localPath} may not be read, or is a folder", error);
        }
        catch (IOException error)
        {
            throw new HxException(CommonErrors.FileUnusable, localPath, $"{localPath} cannot be read: {error.Message}", error);
        }
    }
}
