using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Errors;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>A verb that works on a feature flag, found by a plan or by its address.</summary>
internal abstract class FlagCommand : VerbCommand
{
    private const string DefaultPlan = "llm-hub";
    private readonly Argument<string?> _name = new("FLAG") { HelpName = "FLAG", Description = "Name of the flag. Default: the only one of the plan.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _plan;
    private readonly Option<string[]> _values = PlanArguments.Values();
    private readonly Option<Uri?> _url = SwitchArguments.Address("--url", "The flag's endpoint, instead of a plan.");

    protected FlagCommand(CommandHost host, string name, string description, params ImmutableArray<string> examples)
        : base(host, name, description, examples)
    {
        _plan = PlanArguments.Plan(host, DefaultPlan);
        _name.CompletionSources.Add(Completion.Quietly(line => PlanSwitches.Flags(host.Deployments.Plans().Read(line.ParseResult.GetValue(_plan) ?? DefaultPlan)).Select(flag => flag.Flag)));
        Add(_name);
        foreach (var option in new Option[] { _plan, _values, _url })
            Add(option);
    }

    /// <summary>The first word of the arguments, by which the flag is named unless it stands for something else.</summary>
    protected Argument<string?> FirstWord => _name;

    /// <summary>Where the flag is set and read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">Its name; null means the only one of the plan.</param>
    protected FlagAddress Address(Call call, string? name)
    {
        if (call.Get(_url) is not { } url)
            return PlanSwitches.Flag(call.ReadPlan(call.Get(_plan)!, _values), name);

        var shown = url.GetLeftPart(UriPartial.Path);
        return new FlagAddress(name ?? throw new HxException(SwitchErrors.Unclear, shown, $"No flag is named at {shown}. Nothing was asked and nothing was changed."), url, null);
    }
}
