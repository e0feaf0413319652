using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Adds assignments to an environment file so that systemd reads them; every other byte stays, whatever its encoding.</summary>
internal static class EnvironmentFileWriter
{
    /// <summary>The content with one more line, which wins over earlier ones of the same name.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.EnvironmentFileOpen"/> when the file ends in the middle of a value.</exception>
    internal static byte[] Add(byte[] content, string name, string value, string hostPath)
    {
        var ending = content.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var gap = content.Length == 0 || content[^1] == '\n' ? "" : ending;
        byte[] after = [.. content, .. Encoding.UTF8.GetBytes($"{gap}{name}={Quoted(value)}{ending}")];
        return Value(after, name) == value
            ? after
            : throw new HxException(ServiceErrors.EnvironmentFileOpen, hostPath, $"{hostPath} ends in the middle of a value, so {name} cannot be added to it.");
    }

    /// <summary>The value that a process is given, or null when the file does not set it.</summary>
    internal static string? Value(byte[] content, string name) =>
        EnvironmentFileParser.Parse(Encoding.UTF8.GetString(content)).LastOrDefault(line => line.Name == name)?.Value;

    private static string Quoted(string value)
    {
        if (value.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:@%+,".Contains(character, StringComparison.Ordinal)))
        {
            return value;
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in value)
        {
            quoted.Append(character is '"' or '\\' or '$' or '`' ? $"\\{character}" : character.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
