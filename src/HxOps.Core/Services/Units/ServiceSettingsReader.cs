using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>
/// Reads the values of one unit's <c>[Service]</c> section. What systemd passes over with a warning is passed over here with a remark; what
/// it refuses a unit for is refused with file and line.
/// </summary>
internal sealed class ServiceSettingsReader(UnitDefinition unit)
{
    internal const int DefaultSignal = 15;

    private readonly UnitSpecifiers _specifiers = new(unit.Name);
    private readonly List<string> _remarks = [];

    /// <summary>What was passed over so far.</summary>
    internal IEnumerable<string> Remarks => _remarks;

    internal ImmutableArray<ExecCommand> Commands(string key) =>
        [.. Settings(key).SelectMany(setting => ExecCommand.Parse(setting, _specifiers))];

    internal ServiceType Type() => Accepted<ServiceType>("Type", text => text switch
    {
        "simple" or "idle" or "dbus" => ServiceType.Simple,
        "exec" => ServiceType.Exec,
        "oneshot" => ServiceType.Oneshot,
        "notify" or "notify-reload" => ServiceType.Notify,
        "forking" => ServiceType.Forking,
        _ => null,
    }) ?? ServiceType.Simple;

    internal KillMode KillMode() => Accepted<KillMode>("KillMode", text => text switch
    {
        "control-group" => Units.KillMode.ControlGroup,
        "mixed" => Units.KillMode.Mixed,
        "process" => Units.KillMode.Process,
        "none" => Units.KillMode.None,
        _ => null,
    }) ?? Units.KillMode.ControlGroup;

    internal bool Boolean(string key) => Accepted<bool>(key, text => text.ToLowerInvariant() switch
    {
        "0" or "no" or "n" or "false" or "f" or "off" => false,
        "1" or "yes" or "y" or "true" or "t" or "on" => true,
        _ => null,
    }) ?? false;

    /// <summary>A time limit; zero means none, as for systemd.</summary>
    internal TimeSpan? Time(string key) => Accepted(key, UnitTime.Parse) is { } time
        ? time == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : time
        : null;

    internal int Signal(string key) => Accepted(key, UnitSignals.Parse) ?? DefaultSignal;

    internal ulong? Limit(string key) => Accepted<ulong>(key, text => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..] switch
    {
        "infinity" => ulong.MaxValue,
        var hard => ulong.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    });

    internal string? Text(string key) =>
        unit.Last(ServiceSettings.Section, key) is { } setting ? _specifiers.Expand(setting.Value, setting.Origin) : null;

    internal ImmutableArray<string> Words(string key) =>
        [.. Settings(key).SelectMany(setting => Words(setting))];

    internal ImmutableArray<EnvironmentVariable> Environment() =>
        [.. Settings("Environment").SelectMany(setting => Words(setting).Select(word => Variable(setting, word)).OfType<EnvironmentVariable>())];

    internal ImmutableArray<OptionalPath> EnvironmentFiles() => [.. Settings("EnvironmentFile").Select(EnvironmentFile).OfType<OptionalPath>()];

    internal OptionalPath? WorkingFolder() => unit.Last(ServiceSettings.Section, "WorkingDirectory") is { } setting ? Path(setting) : null;

    private OptionalPath Path(UnitSetting setting)
    {
        var isOptional = setting.Value.StartsWith('-');
        var path = _specifiers.Expand(isOptional ? setting.Value[1..] : setting.Value, setting.Origin);
        return path == "~" || path.StartsWith('/')
            ? new OptionalPath(path, isOptional, setting.Origin)
            : throw UnitFileParser.Invalid(setting.Origin, $"{setting.Key}='{path}' is not an absolute path");
    }

    private OptionalPath? EnvironmentFile(UnitSetting setting)
    {
        try
        {
            return Path(setting);
        }
        catch (HxException)
        {
            return PassOver<OptionalPath>(setting.Origin, $"EnvironmentFile={setting.Value}, which is no absolute path,");
        }
    }

    private ImmutableArray<string> Words(UnitSetting setting)
    {
        try
        {
            return UnitWords.Split(setting.Value, setting.Origin);
        }
        catch (HxException)
        {
            PassOver<string>(setting.Origin, $"{setting.Key}= with a quote that is not closed");
            return [];
        }
    }

    // No text of it goes into a remark: it may be a part of a secret.
    private EnvironmentVariable? Variable(UnitSetting setting, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !EnvironmentFileParser.IsName(word[..equals]))
        {
            return PassOver<EnvironmentVariable>(setting.Origin, "a word of Environment= that is not NAME=value");
        }

        try
        {
            return new EnvironmentVariable(word[..equals], _specifiers.Expand(word[(equals + 1)..], setting.Origin));
        }
        catch (HxException)
        {
            return PassOver<EnvironmentVariable>(setting.Origin, "a variable of Environment= with a specifier that is not known here");
        }
    }

    /// <summary>The last assignment of a key that can be understood; those after it are passed over.</summary>
    private T? Accepted<T>(string key, Func<string, T?> read)
        where T : struct
    {
        foreach (var setting in unit.Settings.Where(setting => setting.Section == ServiceSettings.Section && setting.Key == key).Reverse())
        {
            if (setting.Value.Length == 0)
            {
                return null;
            }

            if (read(setting.Value) is { } value)
            {
                return value;
            }

            PassOver<string>(setting.Origin, $"{key}={setting.Value}, which is not understood,");
        }

        return null;
    }

    private T? PassOver<T>(UnitOrigin origin, string what)
        where T : class
    {
        _remarks.Add(UnitFileParser.PassedOver(origin, what));
        return null;
    }

    private ImmutableArray<UnitSetting> Settings(string key) => unit.Effective(ServiceSettings.Section, key);
}
