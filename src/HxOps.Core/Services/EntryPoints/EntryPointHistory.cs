using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Units;
using HxOps.Tools;

namespace HxOps.Services.EntryPoints;

/// <summary>Knows what the gateway's unit runs and has run: from the host, from checkpoints, and from version control.</summary>
public sealed class EntryPointHistory(DeploymentContext context)
{
    private const string UnitFolder = "/etc/systemd/system";

    /// <summary>Every known entry point, without secrets: the live one first, then by time, newest first.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoService"/>.</exception>
    public async Task<ImmutableArray<EntryPoint>> ListAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var redactor = context.Secrets.CreateRedactor();
        return [.. (await ReadAsync(events, cancellation)).Select(entryPoint => entryPoint.Redacted(redactor))];
    }

    /// <summary>The same with every command as it is, for whoever has to write it.</summary>
    internal async Task<ImmutableArray<EntryPoint>> ReadAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var service = Service();
        var live = Live(service.Unit);
        var files = service.History.Append($"{UnitFolder}/{service.Unit}").Concat(LoadedDropIns(service.Unit)).Distinct().Select(context.Root.Locate);
        var archived = await new ArchivedEntryPoints(context).ReadAsync(service.Unit, events, cancellation);
        var versioned = await new VersionedEntryPoints(new Git(new ProcessRunner())).ReadAsync(service.Unit, files, cancellation);
        var past = archived.Concat(versioned).OrderByDescending(entryPoint => entryPoint.RecordedUtc);
        return [.. (live is null ? past : past.Prepend(live)).Select(entryPoint => Judge(entryPoint, live, service))];
    }

    /// <summary>The entry point of an id, or the newest that differs from the live one when the id is null: the previous one.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NotFound"/>.</exception>
    internal static EntryPoint Choose(ImmutableArray<EntryPoint> known, string? id) =>
        known.FirstOrDefault(entryPoint => id is null ? !entryPoint.IsCurrent : entryPoint.Id == id)
        ?? throw new HxException(EntryPointErrors.NotFound, id ?? "previous", id is null
            ? "No source knows an entry point other than the live one."
            : $"No source knows an entry point '{id}'.");

    private GatewayService Service() => context.Deployment.Service
        ?? throw new HxException(EntryPointErrors.NoService, context.Deployment.Source, $"Deployment {context.Deployment.Name} describes no service.");

    private EntryPoint? Live(string unit) =>
        new UnitLoader(context.Root).TryLoad(unit)?.Last("Service", "ExecStart") is not { } setting ? null : new EntryPoint
        {
            Id = "live",
            Unit = unit,
            Command = setting.Value,
            Kind = "",
            Origin = EntryPointOrigin.Live,
            File = setting.Origin.ToString(),
        };

    private ImmutableArray<string> LoadedDropIns(string unit) => new UnitLoader(context.Root).TryLoad(unit)?.DropIns ?? [];

    private static EntryPoint Judge(EntryPoint entryPoint, EntryPoint? live, GatewayService service) => entryPoint with
    {
        Kind = service.KindOf(entryPoint.Command)?.Name ?? "",
        IsCurrent = live is not null && entryPoint.Command == live.Command,
    };
}
