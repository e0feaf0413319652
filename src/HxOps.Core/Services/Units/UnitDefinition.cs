using System.Collections.Immutable;

namespace HxOps.Services.Units;

/// <summary>A unit as its file and all drop-ins together define it, each value with the line it comes from.</summary>
public sealed record UnitDefinition
{
    /// <summary>The unit's name.</summary>
    public required UnitName Name { get; init; }

    /// <summary>Host path of the unit file.</summary>
    public required string File { get; init; }

    /// <summary>Host paths of the drop-ins, in the order in which they take effect.</summary>
    public ImmutableArray<string> DropIns { get; init; } = [];

    /// <summary>Whether the unit is masked: its file is empty or a link to <c>/dev/null</c>, and it must not be started.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Every assignment in the order in which it takes effect, also those that a later one shadows.</summary>
    public ImmutableArray<UnitSetting> Settings { get; init; } = [];

    /// <summary>Lines that systemd passes over, by file and line.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The assignments of a key that hold, resets left out.</summary>
    public ImmutableArray<UnitSetting> Effective(string section, string key) =>
        [.. Settings.Where(setting => setting.Section == section && setting.Key == key && setting.IsEffective)];

    /// <summary>The one assignment of a key that holds, or null.</summary>
    public UnitSetting? Last(string section, string key) => Effective(section, key).LastOrDefault();
}
