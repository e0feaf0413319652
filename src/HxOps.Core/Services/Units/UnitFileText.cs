using System.Collections.Immutable;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>What a unit file or drop-in says.</summary>
/// <param name="Settings">The assignments in their order.</param>
/// <param name="Remarks">Lines that systemd passes over, by file and line, without their text: it may be a secret.</param>
/// <param name="Fault">What ended the reading before the end of the text, or null. systemd refuses a unit file for it, and cuts a drop-in off there.</param>
internal sealed record UnitFileText(ImmutableArray<UnitSetting> Settings, ImmutableArray<string> Remarks, HxException? Fault);
