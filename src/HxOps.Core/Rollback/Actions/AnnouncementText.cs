using System.Globalization;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Fills an announcement in.</summary>
internal static class AnnouncementText
{
    public static string Fill(AnnouncementTemplate template, string plan, string scenario, TimeSpan duration, DateTimeOffset time) => template.Text
        .Replace("{plan}", plan, StringComparison.Ordinal)
        .Replace("{scenario}", scenario, StringComparison.Ordinal)
        .Replace("{duration}", duration.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{time}", Quantity.Moment(time), StringComparison.Ordinal);
}
