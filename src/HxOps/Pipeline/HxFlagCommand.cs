using System.Management.Automation;
using HxOps.Completion;
using HxOps.Rollback.Switches;

namespace HxOps.Pipeline;

/// <summary>A command that works on a feature flag.</summary>
public abstract class HxFlagCommand : HxSwitchCommand
{
    private const string DefaultPlan = "llm-hub";

    /// <summary>Name of the flag; the only one of the plan unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? Name { get; set; }

    /// <summary>Where the flag is set and read.</summary>
    private protected FlagAddress Address()
    {
        if (Url is not null && Name is not null)
            return new FlagAddress(Name, Url, null);

        var plan = ReadPlan(Named(Plan, OutputName.Plan) ?? DefaultPlan, Value);
        return Run(() => PlanSwitches.Flag(plan, Name));
    }
}
