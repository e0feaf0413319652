using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.TestKit;

/// <summary>
/// Everything that a restore answers for below one folder, the folder itself included: kinds, bytes, modes, owners, nanosecond times, link
/// targets, extended attributes, and which names belong to one file.
/// </summary>
public sealed class TreeSnapshot
{
    private readonly SortedDictionary<string, string> _lines;

    private TreeSnapshot(SortedDictionary<string, string> lines) => _lines = lines;

    public int Count => _lines.Count;

    public static TreeSnapshot Of(string folder)
    {
        var reader = new MetadataReader(new AccountDirectory());
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
        var paths = Directory.EnumerateFileSystemEntries(folder, "*", all).Append(folder).Order(StringComparer.Ordinal).ToList();
        var firstNames = new Dictionary<FileIdentity, string>();
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var metadata = reader.Read(path);
            var name = Path.GetRelativePath(folder, path);
            var first = metadata.Kind == FileKind.File && metadata.LinkCount > 1 && !firstNames.TryAdd(metadata.Identity, name) ? firstNames[metadata.Identity] : "";
            lines[name] = Describe(metadata, metadata.Kind == FileKind.File ? Hash(path) : "", first);
        }

        return new TreeSnapshot(lines);
    }

    /// <summary>What differs between two trees, path by path; empty when nothing does.</summary>
    public IReadOnlyList<string> Differences(TreeSnapshot other) =>
    [
        .. _lines.Keys.Union(other._lines.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => _lines.GetValueOrDefault(name) != other._lines.GetValueOrDefault(name))
            .Select(name => $"{name}: {_lines.GetValueOrDefault(name) ?? "absent"} / {other._lines.GetValueOrDefault(name) ?? "absent"}"),
    ];

    private static string Describe(FileMetadata metadata, string hash, string sameFileAs)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{metadata.Kind} {Convert.ToString(metadata.Mode, 8)} {metadata.UserId}:{metadata.GroupId} {metadata.ModifiedNanoseconds} {metadata.Size} {hash}");
        line.Append(CultureInfo.InvariantCulture, $" -> {metadata.LinkTarget} = {sameFileAs}");
        foreach (var (name, value) in metadata.ExtendedAttributes)
            line.Append(CultureInfo.InvariantCulture, $" {name}={Convert.ToHexStringLower(value.AsSpan())}");

        return line.ToString();
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
