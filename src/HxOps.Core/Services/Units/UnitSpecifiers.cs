using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Replaces the percent specifiers of a unit file.</summary>
internal sealed class UnitSpecifiers(UnitName unit)
{
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> for a specifier that is not known here.</exception>
    internal string Expand(string text, UnitOrigin origin)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            i++;
            expanded.Append(Value(text[i]) ?? throw UnitFileParser.Invalid(origin, $"the specifier %{text[i]} is not known here"));
        }

        return expanded.ToString();
    }

    private string? Value(char specifier) => specifier switch
    {
        '%' => "%",
        'n' => unit.Full,
        'N' => unit.Stem,
        'p' => unit.Prefix,
        'P' => Unescaped(unit.Prefix),
        'i' => unit.Instance,
        'I' => Unescaped(unit.Instance),
        'j' => unit.Prefix[(unit.Prefix.LastIndexOf('-') + 1)..],
        'f' => "/" + Unescaped(unit.Instance.Length > 0 ? unit.Instance : unit.Prefix),
        'H' => Environment.MachineName,
        'l' => Environment.MachineName.Split('.')[0],
        'm' => Kernel("/etc/machine-id"),
        'b' => Kernel("/proc/sys/kernel/random/boot_id")?.Replace("-", "", StringComparison.Ordinal),
        'v' => Kernel("/proc/sys/kernel/osrelease"),
        'u' => "root",
        'U' => "0",
        'g' => "root",
        'G' => "0",
        'h' => "/root",
        's' => "/bin/sh",
        'E' => "/etc",
        't' => "/run",
        'S' => "/var/lib",
        'C' => "/var/cache",
        'L' => "/var/log",
        'T' => "/tmp",
        'V' => "/var/tmp",
        _ => null,
    };

    private static string? Kernel(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    /// <summary>Turns <c>-</c> into <c>/</c> and <c>\xNN</c> into its byte, the reverse of systemd-escape.</summary>
    private static string Unescaped(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x' && byte.TryParse(text.AsSpan(i + 2, 2),
                System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 3;
            }
            else
            {
                bytes.Add(text[i] == '-' ? (byte)'/' : (byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
