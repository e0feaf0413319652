using System.Text.Json.Serialization;

namespace HxOps.Evidence;

/// <summary>One entry of the audit log: who did what, when, and how it ended.</summary>
public sealed record AuditEntry
{
    /// <summary>Its number, from 1, without gaps.</summary>
    [JsonPropertyOrder(-1)]
    public required long Number { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset TimeUtc { get; init; }

    /// <summary>The account that did it; behind sudo the one that called it.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>rollback</c>, <c>restore</c> or <c>flag</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string Target { get; init; }

    /// <summary>How it ended, in one word.</summary>
    public required string Outcome { get; init; }

    /// <summary>More about it, without secrets; empty when there is no more to say.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>What is to be written to the audit log.</summary>
/// <param name="Action">What was done, such as <c>rollback</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome">How it ended, in one word.</param>
/// <param name="Detail">More about it.</param>
public sealed record AuditNote(string Action, string Target, string Outcome, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
