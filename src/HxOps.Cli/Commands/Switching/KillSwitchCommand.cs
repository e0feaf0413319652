using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Errors;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>A verb that works on a kill switch, found by a plan or by its address.</summary>
internal abstract class KillSwitchCommand : VerbCommand
{
    private const string DefaultPlan = "pilot";
    private readonly Option<string> _plan;
    private readonly Option<string[]> _values = PlanArguments.Values();
    private readonly Option<Uri?> _url = SwitchArguments.Address("--url", "Where the kill switch is thrown, instead of a plan.");
    private readonly Option<Uri?> _health = SwitchArguments.Address("--health", "Where it is read back. Default: /healthz of the same service.");

    protected KillSwitchCommand(CommandHost host, string name, string description, string example)
        : base(host, name, description, example)
    {
        _plan = PlanArguments.Plan(host, DefaultPlan);
        foreach (var option in new Option[] { _plan, _values, _url, _health })
            Add(option);
    }

    /// <summary>Where the kill switch is thrown and read.</summary>
    protected KillSwitchAddress Address(Call call)
    {
        if (call.Get(_url) is { } url)
            return KillSwitchAddress.At(url, call.Get(_health));

        if (call.Get(_health)?.GetLeftPart(UriPartial.Path) is { } shown)
            throw new HxException(SwitchErrors.Unclear, shown, $"A plan says itself where its kill switch is read back, so {shown} would not be used. Nothing was asked and nothing was changed.");

        return PlanSwitches.KillSwitch(call.ReadPlan(call.Get(_plan)!, _values));
    }
}
