using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Errors;

namespace HxOps.Reporting;

/// <summary>Times in UTC with a Z, to the millisecond.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}

/// <summary>Spans as seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.TotalSeconds, 6));
}

/// <summary>Exit codes as the numbers that a shell sees.</summary>
internal sealed class ExitCodeConverter : JsonConverter<ExitCode>
{
    /// <inheritdoc/>
    public override ExitCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (ExitCode)reader.GetInt32();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ExitCode value, JsonSerializerOptions options) => writer.WriteNumberValue((int)value);
}
