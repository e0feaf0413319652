using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>A verb that works on a feature flag, found by a plan or by its address.</summary>
internal abstract class FlagCommand : VerbCommand
{
    private const string DefaultPlan = "llm-hub";
    private readonly Argument<string> _name = new("FLAG") { Description = "Name of the flag." };
    private readonly Option<string> _plan;
    private readonly Option<string[]> _values = PlanArguments.Values();
    private readonly Option<Uri?> _url = SwitchArguments.Address("--url", "The flag's endpoint, instead of a plan.");

    protected FlagCommand(CommandHost host, string name, string description, string example)
        : base(host, name, description, example)
    {
        _plan = PlanArguments.Plan(host, DefaultPlan);
        Add(_name);
        foreach (var option in new Option[] { _plan, _values, _url })
            Add(option);
    }

    /// <summary>Where the flag is set and read.</summary>
    protected FlagAddress Address(Call call) => call.Get(_url) is { } url
        ? new FlagAddress(call.Get(_name)!, url, null)
        : PlanSwitches.Flag(call.ReadPlan(call.Get(_plan)!, _values), call.Get(_name));
}
