using HxOps.Errors;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Services.EntryPoints.History;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints;

/// <summary>Works out how to make a unit run an earlier entry point. Changes nothing.</summary>
public sealed class EntryPointPlanner(DeploymentContext context)
{
    private const int MostBytes = 1 << 20;
    private const string DropInName = "override.conf"; // The file that systemctl edit writes, so that operators find it where they look.

    /// <summary>Chooses the entry point and checks that this host could run it.</summary>
    /// <exception cref="HxException">One of <see cref="EntryPointErrors"/>.</exception>
    public async Task<EntryPointPlan> PlanAsync(EntryPointRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        new DropInBackup(context).WarnWhenKept(events);
        var history = new EntryPointHistory(context);
        var live = history.ReadLive();
        var wanted = await history.FindAsync(request.Source, events, cancellation);
        var command = EntryPointCommand.Of(wanted);
        if (request.ConfigurationPath is { } path)
            command = command.WithConfiguration(path);

        var redactor = EntryPointProof.RedactorOf(context, request.KeyVariable);
        command.RefuseSecrets(redactor);
        command.RefusePlaceholders();
        command.RefuseMissing(context.Root);
        var dropIn = $"/etc/systemd/system/{wanted.Unit}.d/{DropInName}";
        RefuseShadow(wanted.Unit, dropIn);
        RefuseLink(dropIn);
        var before = ReadDropIn(dropIn);
        var after = DropInText.WithEntryPoint(before ?? "", command.Text);
        var service = context.Deployment.Service!;
        return new EntryPointPlan
        {
            Id = wanted.Unit,
            From = live?.Redacted(redactor),
            To = wanted with { Command = command.Text, Kind = service.KindOf(command.Text)?.Name ?? "", IsCurrent = command.Text == live?.Command },
            DropIn = dropIn,
            Before = before,
            After = after,
            Shown = redactor.Redact(after),
            Request = request,
            Check = EntryPointCheck.Of(service, command.Text, request),
            CheckBefore = live is null ? null : EntryPointCheck.Of(service, live.Command, new EntryPointRequest()),
        };
    }

    /// <summary>Whether the drop-in is no longer what the plan was made from.</summary>
    internal bool IsStale(EntryPointPlan plan) => ReadDropIn(plan.DropIn) != plan.Before;

    private string? ReadDropIn(string hostPath) => ForeignText.TryRead(context.Root.Locate(hostPath), MostBytes);

    /// <summary>Writing would put a plain file in place of the link, and whatever keeps the linked file would not know.</summary>
    private void RefuseLink(string dropIn)
    {
        if (new FileInfo(context.Root.Locate(dropIn)).LinkTarget is { } target)
            throw new HxException(EntryPointErrors.Linked, dropIn, $"{dropIn} is a link to {target}, which something else keeps.");
    }

    /// <summary>A drop-in that is read after ours and assigns the key would take our line's effect away, or run both.</summary>
    private void RefuseShadow(string unit, string dropIn)
    {
        var later = new UnitLoader(context.Root).TryLoad(unit)?.Settings.LastOrDefault(setting =>
            setting is { Section: "Service", Key: "ExecStart" }
            && setting.Origin.File.EndsWith(".conf", StringComparison.Ordinal)
            && string.CompareOrdinal(Path.GetFileName(setting.Origin.File), DropInName) > 0);
        if (later is not null)
            throw new HxException(EntryPointErrors.Shadowed, later.Origin.File, $"{later.Origin} sets ExecStart after {dropIn} and would decide what {unit} runs.");
    }
}
