using System.Globalization;
using HxOps.Deployments;

namespace HxOps.Checkpoints;

/// <summary>The name of a checkpoint: a prefix that tells its kind, and the UTC second in which it was taken.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="CreatedUtc">The second.</param>
internal sealed record CheckpointName(CheckpointKind Kind, DateTimeOffset CreatedUtc)
{
    /// <summary>The ending of every archive.</summary>
    internal const string Ending = ".tgz";

    private const string StampForm = "yyyyMMdd'T'HHmmss'Z'";
    private const int StampLength = 16;

    /// <summary>The id that it makes under a policy.</summary>
    internal string Id(BackupPolicy policy) =>
        (Kind == CheckpointKind.Safety ? policy.SafetyPrefix : policy.CheckpointPrefix) + CreatedUtc.UtcDateTime.ToString(StampForm, CultureInfo.InvariantCulture);

    /// <summary>The name of the second at hand.</summary>
    internal static CheckpointName At(DateTimeOffset time, CheckpointKind kind) =>
        new(kind, DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()));

    /// <summary>The name of the second after, when this one is taken.</summary>
    internal CheckpointName Next() => this with { CreatedUtc = CreatedUtc.AddSeconds(1) };

    /// <summary>Reads an id; null when it is not exactly a prefix and a stamp.</summary>
    internal static CheckpointName? Parse(string id, BackupPolicy policy)
    {
        var kind = id.StartsWith(policy.SafetyPrefix, StringComparison.Ordinal) ? CheckpointKind.Safety : CheckpointKind.Checkpoint;
        var prefix = kind == CheckpointKind.Safety ? policy.SafetyPrefix : policy.CheckpointPrefix;
        return id.StartsWith(prefix, StringComparison.Ordinal) && StampOf(id[prefix.Length..]) is { } time ? new CheckpointName(kind, time) : null;
    }

    /// <summary>The stamp at the end of any text; null when there is none.</summary>
    internal static DateTimeOffset? StampAtEnd(string id) => id.Length < StampLength ? null : StampOf(id[^StampLength..]);

    private static DateTimeOffset? StampOf(string text) =>
        DateTimeOffset.TryParseExact(text, StampForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
