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
        if (Url is not null)
            return new FlagAddress(Name ?? throw Unclear(Shown(Url), $"No flag is named at {Shown(Url)}."), Url, null);

        var plan = ReadChosen(DefaultPlan);
        var address = Run(() => PlanSwitches.Flag(plan, Named(Name, OutputName.FlagName)));
        Demand(address.Url, OutputName.Flag);
        return address;
    }
}
