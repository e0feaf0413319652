using System.Management.Automation;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;
using HxOps.Views;

namespace HxOps.Pipeline;

/// <summary>A command that works on a kill switch.</summary>
public abstract class HxKillSwitchCommand : HxSwitchCommand
{
    private const string DefaultPlan = "pilot";

    /// <summary>Where the kill switch is read back; beside its own address, <c>/healthz</c>, unless given.</summary>
    [Parameter]
    [ValidateAddress]
    public Uri? Health { get; set; }

    /// <summary>Where the kill switch is thrown and read.</summary>
    private protected KillSwitchAddress Address()
    {
        if (Url is not null)
            return KillSwitchAddress.At(Url, Health);

        if (Health is not null)
            throw Unclear(Shown(Health), $"A plan says itself where its kill switch is read back, so {Shown(Health)} would not be used.");

        var plan = ReadChosen(DefaultPlan);
        var address = Run(() => PlanSwitches.KillSwitch(plan));
        Demand(address.Url, OutputName.KillSwitch);
        return address;
    }

    /// <summary>Throws the kill switch once that is agreed to.</summary>
    private protected void Turn(SwitchPosition position, string reason, TimeSpan wait)
    {
        var context = Open();
        var address = Address();
        if (Agree($"Turn the kill switch {position.ToString().ToLowerInvariant()}", [$"POST {Shown(address.Url)}", $"see it at {Shown(address.Health)} within {Humane.Duration(wait)}"]))
            Write(context, Run((events, stop) => new KillSwitches(context).SetAsync(address, position, reason, wait, events, stop)));
    }
}
