using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;

namespace HxOps.Services.EntryPoints;

/// <summary>What must be seen of a unit before its entry point counts as proven.</summary>
internal sealed record EntryPointCheck
{
    /// <summary>Name under which a key that the caller names is known.</summary>
    internal const string CallersKey = "entry-point-key";

    private static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Nothing has to be seen.</summary>
    internal static EntryPointCheck Nothing { get; } = new() { Unit = "", Command = "", Port = 0, Questions = [], Budget = TimeSpan.Zero };

    /// <summary>Full unit name.</summary>
    internal required string Unit { get; init; }

    /// <summary>The command that must run, as a unit file writes it.</summary>
    internal required string Command { get; init; }

    /// <summary>The port it is asked at.</summary>
    internal required int Port { get; init; }

    /// <summary>What is asked, in order; the last question is the one that counts.</summary>
    internal required ImmutableArray<HealthQuestion> Questions { get; init; }

    /// <summary>Environment variable with the caller's own key, or null.</summary>
    internal string? KeyVariable { get; init; }

    /// <summary>How long all of it may take.</summary>
    internal required TimeSpan Budget { get; init; }

    /// <summary>The check of a command, as the deployment file describes its kind and as the caller wants it.</summary>
    internal static EntryPointCheck Of(GatewayService service, string command, EntryPointRequest request)
    {
        var kind = service.KindOf(command);
        var questions = Ask(kind?.Health ?? [], request);
        return new EntryPointCheck
        {
            Unit = service.Unit,
            Command = command,
            Port = service.Port,
            Questions = questions,
            KeyVariable = request.KeyVariable,
            Budget = request.Budget ?? questions.Aggregate(service.Limits.Start, (sum, question) => sum + question.Deadline),
        };
    }

    /// <summary>The questions in words, without secrets.</summary>
    internal ImmutableArray<string> Describe() =>
    [
        .. Questions.Select(question => string.Create(CultureInfo.InvariantCulture,
            $"GET http://127.0.0.1:{Port}{question.Path} until it answers {question.Status}{Key(question)}")),
    ];

    private string Key(HealthQuestion question) =>
        question.Secret is null ? "" : question.Secret == CallersKey ? $", with the key in {KeyVariable}" : $", with the secret {question.Secret}";

    private static ImmutableArray<HealthQuestion> Ask(ImmutableArray<HealthQuestion> described, EntryPointRequest request)
    {
        if (described.IsEmpty && request.HealthPath is null)
            return [];

        var last = described.IsEmpty ? new HealthQuestion(request.HealthPath!, 200, null, UsualDeadline) : described[^1];
        last = last with
        {
            Path = request.HealthPath ?? last.Path,
            Status = request.ExpectedStatus ?? last.Status,
            Secret = request.KeyVariable is null ? last.Secret : CallersKey,
        };
        return [.. described.SkipLast(1).Where(question => question.Path != last.Path), last];
    }
}
