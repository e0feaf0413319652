using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Reads the values of one unit's <c>[Service]</c> section, naming file and line of what it cannot read.</summary>
internal sealed class ServiceSettingsReader(UnitDefinition unit)
{
    internal const int DefaultSignal = 15;

    private static readonly ImmutableDictionary<string, int> Signals = new Dictionary<string, int>
    {
        ["HUP"] = 1, ["INT"] = 2, ["QUIT"] = 3, ["ABRT"] = 6, ["KILL"] = 9, ["USR1"] = 10, ["USR2"] = 12, ["TERM"] = 15, ["WINCH"] = 28, ["PWR"] = 30,
    }.ToImmutableDictionary();

    private readonly UnitSpecifiers _specifiers = new(unit.Name);

    internal ImmutableArray<ExecCommand> Commands(string key) =>
        [.. Settings(key).SelectMany(setting => ExecCommand.Parse(setting, _specifiers))];

    internal ServiceType Type()
    {
        var setting = unit.Last(ServiceSettings.Section, "Type");
        return setting?.Value switch
        {
            null or "simple" or "idle" or "dbus" => ServiceType.Simple,
            "exec" => ServiceType.Exec,
            "oneshot" => ServiceType.Oneshot,
            "notify" or "notify-reload" => ServiceType.Notify,
            "forking" => ServiceType.Forking,
            _ => throw Unknown(setting),
        };
    }

    internal KillMode KillMode()
    {
        var setting = unit.Last(ServiceSettings.Section, "KillMode");
        return setting?.Value switch
        {
            null or "control-group" => Units.KillMode.ControlGroup,
            "mixed" => Units.KillMode.Mixed,
            "process" => Units.KillMode.Process,
            "none" => Units.KillMode.None,
            _ => throw Unknown(setting),
        };
    }

    internal bool Boolean(string key)
    {
        var setting = unit.Last(ServiceSettings.Section, key);
        return setting?.Value switch
        {
            null or "0" or "no" or "n" or "false" or "f" or "off" => false,
            "1" or "yes" or "y" or "true" or "t" or "on" => true,
            _ => throw Unknown(setting),
        };
    }

    /// <summary>A time limit; zero means none, as for systemd.</summary>
    internal TimeSpan? Time(string key)
    {
        if (unit.Last(ServiceSettings.Section, key) is not { } setting)
        {
            return null;
        }

        var time = UnitTime.Parse(setting.Value) ?? throw UnitFileParser.Invalid(setting.Origin, $"{key}='{setting.Value}' is not a time span");
        return time == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : time;
    }

    internal int Signal(string key)
    {
        if (unit.Last(ServiceSettings.Section, key) is not { } setting)
        {
            return DefaultSignal;
        }

        var name = setting.Value.StartsWith("SIG", StringComparison.Ordinal) ? setting.Value[3..] : setting.Value;
        return Signals.TryGetValue(name, out var number) || (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and < 65)
            ? number
            : throw Unknown(setting);
    }

    internal ulong? Limit(string key)
    {
        if (unit.Last(ServiceSettings.Section, key) is not { } setting)
        {
            return null;
        }

        var hard = setting.Value[(setting.Value.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return hard == "infinity" ? ulong.MaxValue
            : ulong.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw Unknown(setting);
    }

    internal string? Text(string key) =>
        unit.Last(ServiceSettings.Section, key) is { } setting ? _specifiers.Expand(setting.Value, setting.Origin) : null;

    internal ImmutableArray<string> Words(string key) =>
        [.. Settings(key).SelectMany(setting => UnitWords.Split(setting.Value, setting.Origin))];

    internal ImmutableArray<EnvironmentVariable> Environment()
    {
        var variables = ImmutableArray.CreateBuilder<EnvironmentVariable>();
        foreach (var setting in Settings("Environment"))
        {
            foreach (var word in UnitWords.Split(setting.Value, setting.Origin))
            {
                var equals = word.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    // The text itself stays out of the message: it may be a part of a secret.
                    throw UnitFileParser.Invalid(setting.Origin, "Environment= holds a word that is not NAME=value");
                }

                variables.Add(new EnvironmentVariable(word[..equals], _specifiers.Expand(word[(equals + 1)..], setting.Origin)));
            }
        }

        return variables.ToImmutable();
    }

    internal ImmutableArray<OptionalPath> EnvironmentFiles() => [.. Settings("EnvironmentFile").Select(Path)];

    internal OptionalPath? WorkingFolder() => unit.Last(ServiceSettings.Section, "WorkingDirectory") is { } setting ? Path(setting) : null;

    private OptionalPath Path(UnitSetting setting)
    {
        var isOptional = setting.Value.StartsWith('-');
        var path = _specifiers.Expand(isOptional ? setting.Value[1..] : setting.Value, setting.Origin);
        return path == "~" || path.StartsWith('/')
            ? new OptionalPath(path, isOptional, setting.Origin)
            : throw UnitFileParser.Invalid(setting.Origin, $"{setting.Key}='{path}' is not an absolute path");
    }

    private ImmutableArray<UnitSetting> Settings(string key) => unit.Effective(ServiceSettings.Section, key);

    private static HxException Unknown(UnitSetting setting) =>
        UnitFileParser.Invalid(setting.Origin, $"{setting.Key}='{setting.Value}' is not known here");
}
