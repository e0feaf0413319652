using System.Text.RegularExpressions;
using HxOps.Errors;

namespace HxOps.Services;

/// <summary>Chooses lines by importance, topic and pattern.</summary>
internal sealed class LogFilter
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly LogPriority _priority;
    private readonly Regex? _topic;
    private readonly Regex? _pattern;

    /// <exception cref="HxException"><see cref="ServiceErrors.PatternInvalid"/>.</exception>
    internal LogFilter(LogRequest request)
    {
        _priority = request.Priority;
        _topic = request.Topic switch
        {
            LogTopic.Starts => Expression("Started"),
            LogTopic.Errors => Expression("error|exception|fail", RegexOptions.IgnoreCase),
            LogTopic.Requests => Expression("(POST|GET) /v1/"),
            _ => null,
        };
        _pattern = request.Pattern is { } pattern ? Parse(pattern) : null;
    }

    /// <summary>Whether a line is wanted.</summary>
    internal bool Wants(LogLine line) => line.Priority <= (int)_priority && _topic?.IsMatch(line.Text) != false && _pattern?.IsMatch(line.Text) != false;

    private static Regex Parse(string pattern)
    {
        try
        {
            return Expression(pattern);
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException)
        {
            throw new HxException(ServiceErrors.PatternInvalid, pattern, $"'{pattern}' is no regular expression that can be used here: {cause.Message}", cause);
        }
    }

    // Lines come from anywhere, so no pattern may take more than linear time over them.
    private static Regex Expression(string pattern, RegexOptions options = RegexOptions.None) =>
        new(pattern, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Longest);
}
