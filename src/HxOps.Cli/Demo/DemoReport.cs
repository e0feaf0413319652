using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HxOps.Cli.Demo;

/// <summary>What the demo did.</summary>
/// <param name="Id">The folder it ran in; it is gone.</param>
/// <param name="Passed">Always true: a demo whose step came out otherwise than it must is an error.</param>
/// <param name="Steps">Its steps in order.</param>
/// <param name="Elapsed">Seconds in all.</param>
internal sealed record DemoReport(string Id, bool Passed, ImmutableArray<DemoStep> Steps, double Elapsed);

/// <summary>One step of the demo.</summary>
/// <param name="Id">What was done.</param>
/// <param name="Finding">What came of it.</param>
/// <param name="Start">Seconds since the demo began.</param>
/// <param name="Elapsed">Seconds it took.</param>
internal sealed record DemoStep(string Id, string Finding, double Start, double Elapsed);

/// <summary>A practice deployment as <c>demo new</c> and <c>demo end</c> tell of it.</summary>
/// <param name="Id">Its folder.</param>
/// <param name="Running">Whether its services run.</param>
internal sealed record PracticeInfo(string Id, bool Running);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(PracticeInfo))]
internal sealed partial class DemoJson : JsonSerializerContext;
