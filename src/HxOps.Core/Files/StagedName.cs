using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace HxOps.Files;

/// <summary>
/// Names under which a restore keeps new entries beside their targets, and old ones until it is sure. They begin with a dot and end in a
/// stamp, so that nothing that reads <c>*.service</c> or <c>*.conf</c> takes them for its own.
/// </summary>
internal static partial class StagedName
{
    private const int LongestName = 255; // NAME_MAX, in bytes.

    /// <summary>The path beside <paramref name="path"/> for the restore of the given stamp.</summary>
    internal static string Beside(string path, string stamp)
    {
        var cut = path.LastIndexOf('/') + 1;
        var name = path[cut..];
        if (Encoding.UTF8.GetByteCount(name) + stamp.Length + 5 > LongestName)
            name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

        return $"{path[..cut]}.{name}.hx-{stamp}";
    }

    /// <summary>Whether a file name is one of these.</summary>
    internal static bool IsOne(string name) => name.Length > 20 && name[0] == '.' && Ending().IsMatch(name);

    [GeneratedRegex(@"\.hx-[0-9]{8}T[0-9]{6}Z\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ending();
}
