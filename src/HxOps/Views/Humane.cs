using System.Globalization;
using System.Management.Automation;
using HxOps.Checkpoints;

namespace HxOps.Views;

/// <summary>Puts quantities into the few characters that a column has. For HxOps.Format.ps1xml; scripts use the numbers themselves.</summary>
public static class Humane
{
    /// <summary>Bytes, such as <c>1.4 MB</c>; powers of 1000, as disks and transfers are counted.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        var digits = unit == 0 || value >= 9.95 ? "0" : "0.0";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {units[unit]}";
    }

    /// <summary>A span, such as <c>12 ms</c>, <c>3.2 s</c>, <c>4m 05s</c> or <c>3d 04h</c>.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromSeconds(1) => Invariant($"{span.TotalMilliseconds:0} ms"),
        _ when span < TimeSpan.FromSeconds(99.5) => Invariant($"{span.TotalSeconds:0.0} s"),
        _ when span < TimeSpan.FromHours(1) => Invariant($"{(int)span.TotalMinutes}m {span.Seconds:00}s"),
        _ when span < TimeSpan.FromDays(1) => Invariant($"{(int)span.TotalHours}h {span.Minutes:00}m"),
        _ => Invariant($"{(int)span.TotalDays}d {span.Hours:00}h"),
    };

    /// <summary>How long ago something was.</summary>
    public static string Age(DateTimeOffset time)
    {
        var age = DateTimeOffset.UtcNow - time;
        return age < TimeSpan.FromSeconds(1) ? "now" : Duration(age.TotalSeconds < 99.5 ? TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)) : age);
    }

    /// <summary>A moment in UTC to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What tells a checkpoint from an ordinary one, whether it is at hand or came from another host.</summary>
    public static string Marks(PSObject checkpoint)
    {
        (bool IsMarked, string Word)[] marks =
        [
            (checkpoint.Properties[nameof(CheckpointInfo.Problem)]?.Value is string { Length: > 0 }, "damaged"),
            (Is(nameof(CheckpointInfo.IsPinned), true), "pinned"),
            (Is(nameof(CheckpointInfo.IsKnownGood), true), "good"),
            (!Is(nameof(CheckpointInfo.Skipped), 0), "partial"),
            (Is(nameof(CheckpointInfo.Gateway), nameof(GatewayState.Down)), "down"),
            (Is(nameof(CheckpointInfo.Format), nameof(CheckpointFormat.Kit)), "kit"),
        ];
        return string.Join(',', marks.Where(mark => mark.IsMarked).Select(mark => mark.Word));

        bool Is(string name, object value) => LanguagePrimitives.Equals(checkpoint.Properties[name]?.Value, value, ignoreCase: true, CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
