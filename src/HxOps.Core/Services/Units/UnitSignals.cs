using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Services.Units;

/// <summary>Reads the names of signals as systemd does: with or without <c>SIG</c>, <c>RTMIN+3</c>, or a number.</summary>
internal static class UnitSignals
{
    private const int LeastRealTime = 34;
    private const int MostRealTime = 64;

    /// <summary>By number, from one; the numbers of x86-64 and arm64.</summary>
    private static readonly ImmutableArray<string> Names =
    [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The number, or null when it names no signal.</summary>
    internal static int? Parse(string text)
    {
        if (Number(text) is { } number)
        {
            return number is >= 1 and <= MostRealTime ? number : null;
        }

        var name = text.StartsWith("SIG", StringComparison.Ordinal) ? text[3..] : text;
        var found = Names.IndexOf(name);
        return found >= 0 ? found + 1
            : name.StartsWith("RTMIN", StringComparison.Ordinal) ? RealTime(LeastRealTime, name[5..], '+')
            : name.StartsWith("RTMAX", StringComparison.Ordinal) ? RealTime(MostRealTime, name[5..], '-')
            : null;
    }

    private static int? RealTime(int from, string offset, char sign)
    {
        var signal = offset.Length == 0 ? from
            : offset[0] == sign && Number(offset[1..]) is { } steps ? from + (sign == '+' ? steps : -steps)
            : 0;
        return signal is >= LeastRealTime and <= MostRealTime ? signal : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
