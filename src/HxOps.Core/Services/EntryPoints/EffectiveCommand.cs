using HxOps.Errors;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints;

/// <summary>Reads back what a unit would run after all drop-ins: from the files, and from the manager that has loaded them.</summary>
internal sealed class EffectiveCommand(DeploymentContext context)
{
    /// <summary>Returns when the unit would run this command and nothing else.</summary>
    /// <param name="plan">What was written.</param>
    /// <param name="cancellation">Stops asking the manager.</param>
    /// <exception cref="HxException"><see cref="EntryPointErrors.Shadowed"/>, or the manager does not answer.</exception>
    internal async Task RequireAsync(EntryPointPlan plan, CancellationToken cancellation)
    {
        var unit = new UnitLoader(context.Root).Load(plan.Id);
        var effective = unit.Effective("Service", "ExecStart");
        if (effective.Length != 1 || effective[0].Value != plan.To.Command)
            throw Shadowed(plan, effective.LastOrDefault(setting => setting.Value != plan.To.Command)?.Origin.ToString() ?? plan.DropIn);

        if (await context.Services.LoadedCommandAsync(plan.Id, cancellation) is { } loaded && loaded != Words(unit))
        {
            var redactor = context.Secrets.CreateRedactor();
            throw new HxException(EntryPointErrors.Shadowed, plan.DropIn,
                $"The files of {plan.Id} say '{plan.To.Command}', but {context.Services.Name} has loaded '{redactor.Redact(loaded)}'.");
        }
    }

    private static string Words(UnitDefinition unit) => string.Join('\n', ServiceSettings.Of(unit).Start.Select(command =>
        string.Join(' ', command.Arguments.Prepend(command.Name ?? command.Program))));

    private static HxException Shadowed(EntryPointPlan plan, string other) =>
        new(EntryPointErrors.Shadowed, other, $"{other} decides what {plan.Id} runs, not {plan.DropIn}.");
}
