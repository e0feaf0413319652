using System.Globalization;
using System.Text.Json;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Judges the answers of switches: the only one who does, so that a plan and a command never see the same switch differently.</summary>
internal static class SwitchJudge
{
    private const string KillSwitchReason = "Kill switch active";

    /// <summary>
    /// A kill switch is on when the service says that it is disabled by it, and off when it names another status: a maintenance page or
    /// an answer without a status tells neither. Disabled for another reason is neither as well.
    /// </summary>
    public static SwitchReading KillSwitch(SwitchAnswer answer)
    {
        if (answer.Json()?.TextAt("status") is not { } status)
        {
            return SwitchReading.Silent(answer.Status == 200 ? "an answer that tells no status in JSON" : answer.Finding);
        }

        var (state, finding) = (status, answer.Json()?.TextAt("reason")) switch
        {
            ("disabled", KillSwitchReason) => (SwitchPosition.On, $"status disabled, reason {KillSwitchReason}"),
            ("disabled", _) => ((SwitchPosition?)null, "status disabled, for another reason"),
            _ => (SwitchPosition.Off, $"serving, status {PrintableText.Of(status)}"),
        };
        return new SwitchReading(Source(answer), state, IsWhole: state is not null, null, Told(answer, finding));
    }

    /// <summary>A flag is on when both its fields say so, and off when they say so and no share of users is left that it is on for.</summary>
    public static SwitchReading Flag(SwitchAnswer answer, string flag)
    {
        if (answer.Json() is not { } json)
        {
            return SwitchReading.Silent(answer.Status == 200 ? "an answer that is not JSON" : answer.Finding);
        }

        if (json.TextAt("flag") != flag)
        {
            return SwitchReading.Silent("the answer is not that of this flag");
        }

        var (enabled, configured) = (Bool(json, "enabled"), Bool(json, "config.enabled"));
        var rollout = json.At("config.rollout_percentage") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : (double?)null;
        SwitchPosition? state = enabled is null || configured != enabled ? null : enabled == true ? SwitchPosition.On : SwitchPosition.Off;
        var finding = $"enabled {Word(enabled)}, config.enabled {Word(configured)}, rollout {rollout?.ToString(CultureInfo.InvariantCulture) ?? "not told"}";
        return new SwitchReading(Source(answer), state, state == SwitchPosition.On || (state == SwitchPosition.Off && rollout == 0), rollout, Told(answer, finding));
    }

    private static AnswerSource Source(SwitchAnswer answer) => answer.IsCached ? AnswerSource.Cached : AnswerSource.Live;

    private static string Told(SwitchAnswer answer, string finding) => answer.IsCached ? $"a cache says: {finding}" : finding;

    private static string Word(bool? value) => value switch { true => "true", false => "false", null => "not told" };

    private static bool? Bool(JsonElement json, string path) => json.At(path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
