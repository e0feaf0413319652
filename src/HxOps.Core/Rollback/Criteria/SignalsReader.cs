using System.Globalization;
using System.Text;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Rollback.Criteria;

/// <summary>Reads signals from JSON strictly: one object whose members are signals, each at most once.</summary>
public static class SignalsReader
{
    /// <summary>The longest text that is read, in bytes.</summary>
    public const int MostBytes = 64 << 10;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads signals from a local file.</summary>
    /// <exception cref="HxException">PathNotFound, FileUnusable, SignalsInvalid.</exception>
    public static RollbackSignals ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Read(buffer.AsMemory(0, length), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HxException(CommonErrors.PathNotFound, path, $"There is no file {path}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HxException(CommonErrors.FileUnusable, path, $"The signals in {path} could not be read: {error.Message}", error);
        }
    }

    /// <summary>Reads signals from a text.</summary>
    /// <param name="json">The text; <c>null</c> and <c>NaN</c> mean that a signal is unknown.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="HxException">SignalsInvalid.</exception>
    public static RollbackSignals Read(string json, string source) => Read(Encoding.UTF8.GetBytes(json), source);

    /// <summary>Takes signals from named values, such as the properties of an object. Names may differ in case.</summary>
    /// <param name="members">Booleans, numbers, nulls; texts are read as either.</param>
    /// <param name="source">Where they come from, for messages.</param>
    /// <exception cref="HxException">SignalsInvalid.</exception>
    public static RollbackSignals Read(IEnumerable<KeyValuePair<string, object?>> members, string source)
    {
        var signals = new RollbackSignals();
        foreach (var (name, value) in members)
        {
            var signal = SignalCatalog.All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name, source);
            signals = value is null or "" ? signals : signal.With(signals, Number(signal, value, source));
        }

        SignalCatalog.RefuseNonsense(signals, source);
        return signals;
    }

    // A table of comma-separated values has texts only.
    private static double Number(SignalDefinition signal, object value, string source)
    {
        if (signal.IsFlag)
        {
            return value is bool flag || bool.TryParse(value as string, out flag) ? flag ? 1 : 0 : throw WrongKind(signal, source);
        }

        return value switch
        {
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            string or bool or char => throw WrongKind(signal, source),
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
            _ => throw WrongKind(signal, source),
        };
    }

    private static HxException WrongKind(SignalDefinition signal, string source) =>
        Invalid(source, $"{signal.Name} must be {(signal.IsFlag ? "true or false" : "a number")}, or null when unknown.");

    private static RollbackSignals Read(ReadOnlyMemory<byte> json, string source)
    {
        if (json.Length > MostBytes)
        {
            throw Invalid(source, $"The signals are longer than {MostBytes} bytes.");
        }

        try
        {
            using var document = JsonDocument.Parse(BareNaN.Replaced(json), Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Invalid(source, "The signals must be one JSON object, such as {\"errorRatePercent\": 7}.");
            }

            var signals = document.RootElement.EnumerateObject().Aggregate(new RollbackSignals(), (read, member) => With(read, member, source));
            SignalCatalog.RefuseNonsense(signals, source);
            return signals;
        }
        catch (JsonException error)
        {
            throw Invalid(source, $"The signals are not JSON: {error.Message}", error);
        }
    }

    private static RollbackSignals With(RollbackSignals signals, JsonProperty member, string source)
    {
        var signal = SignalCatalog.Find(member.Name) ?? throw Unknown(member.Name, source);
        var value = member.Value;
        return (value.ValueKind, signal.IsFlag) switch
        {
            (JsonValueKind.Null, _) => signals,
            (JsonValueKind.String, false) when value.ValueEquals("NaN") => signals,
            (JsonValueKind.True, true) => signal.With(signals, 1),
            (JsonValueKind.False, true) => signal.With(signals, 0),
            (JsonValueKind.Number, false) => signal.With(signals, value.GetDouble()),
            _ => throw WrongKind(signal, source),
        };
    }

    private static HxException Unknown(string name, string source)
    {
        var shown = name.Length > 64 ? name[..64] + "..." : name;
        var nearest = NearestName.Of(name, SignalCatalog.Names);
        return Invalid(source, nearest is null
            ? $"There is no signal '{shown}'. The signals are {string.Join(", ", SignalCatalog.Names)}."
            : $"There is no signal '{shown}'; did you mean '{nearest}'?");
    }

    private static HxException Invalid(string source, string message, Exception? cause = null) =>
        new(CriteriaErrors.SignalsInvalid, source, message, cause);
}
