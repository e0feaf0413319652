using System.Buffers;
using System.Text;

namespace HxOps.Checkpoints.Layout;

/// <summary>The text of <c>sha256sums.txt</c>, as <c>sha256sum</c> writes and checks it.</summary>
internal static class ChecksumText
{
    private const int HashLength = 64;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Writes the text.</summary>
    /// <param name="files">Archive paths with their checksum, in the order of the archive.</param>
    /// <param name="stream">Where it goes.</param>
    internal static void Write(IEnumerable<(string ArchivePath, string Sha256)> files, Stream stream)
    {
        using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var (path, hash) in files)
        {
            // A name with a backslash is escaped, and the line marked with one.
            var isEscaped = path.Contains('\\', StringComparison.Ordinal);
            text.Write(isEscaped ? @"\" : "");
            text.Write(hash);
            text.Write("  ");
            text.WriteLine(isEscaped ? path.Replace(@"\", @"\\", StringComparison.Ordinal) : path);
        }
    }

    /// <summary>Reads the text line by line.</summary>
    /// <param name="text">The whole text, UTF-8.</param>
    /// <param name="take">Called for each line; the checksum is 64 lower-case hexadecimal digits, good for the call only.</param>
    /// <returns>Whether every line was well formed. The kit wrote paths with <c>./</c> or <c>snapshot/</c> in front; they come without.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, ChecksumTaker take)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.IsEmpty)
                continue;

            var isEscaped = line[0] == '\\';
            var body = isEscaped ? line[1..] : line;
            if (body.Length < HashLength + 3 || body[HashLength] != ' ' || body[HashLength + 1] is not ((byte)' ' or (byte)'*')
                || body[..HashLength].ContainsAnyExcept(HexDigits))
                return false;

            var path = Encoding.UTF8.GetString(body[(HashLength + 2)..]);
            take(WithoutTop(isEscaped ? Unescape(path) : path), body[..HashLength]);
        }

        return true;
    }

    private static string Unescape(string path) =>
        path.Replace(@"\\", "\0", StringComparison.Ordinal).Replace(@"\n", "\n", StringComparison.Ordinal)
            .Replace(@"\r", "\r", StringComparison.Ordinal).Replace('\0', '\\');

    private static string WithoutTop(string path)
    {
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path.StartsWith(CheckpointLayout.Top + "/", StringComparison.Ordinal) ? path[(CheckpointLayout.Top.Length + 1)..] : path;
    }
}

/// <summary>Takes one line of a list of checksums.</summary>
/// <param name="archivePath">The path that it names.</param>
/// <param name="sha256">Its checksum, as ASCII.</param>
internal delegate void ChecksumTaker(string archivePath, ReadOnlySpan<byte> sha256);
