using System.Text.Json.Serialization;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;

namespace HxOps.Checkpoints.Layout;

/// <summary>How checkpoints are written as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(IndexDocument))]
[JsonSerializable(typeof(AnnotationsDocument))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
