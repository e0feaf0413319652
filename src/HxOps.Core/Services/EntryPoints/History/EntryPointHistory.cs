using System.Collections.Immutable;
using HxOps.Checkpoints.Listing;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.Units;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Services.EntryPoints.History;

/// <summary>Knows what the gateway's unit runs and has run: from the host, from checkpoints, and from version control.</summary>
public sealed class EntryPointHistory(DeploymentContext context)
{
    private const string LiveId = "live";
    private const string UnitFolder = "/etc/systemd/system";

    /// <summary>Every known entry point, without secrets: the live one first, then by time, newest first.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoService"/>.</exception>
    public async Task<ImmutableArray<EntryPoint>> ListAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var redactor = context.Secrets.CreateRedactor();
        return [.. (await ReadAsync(events, cancellation)).Select(entryPoint => entryPoint.Redacted(redactor))];
    }

    /// <summary>The ids that can be chosen, without reading an archive: checkpoints are listed whether or not they hold the unit.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoService"/>.</exception>
    public ImmutableArray<string> ListIds()
    {
        var versioned = VersionedAsync(Service(), CancellationToken.None).GetAwaiter().GetResult();
        return [LiveId, .. new CheckpointCatalog(context).Survey().Select(checkpoint => checkpoint.Id), .. versioned.Select(entryPoint => entryPoint.Id)];
    }

    /// <summary>The same with every command as it is, for whoever has to write it.</summary>
    internal async Task<ImmutableArray<EntryPoint>> ReadAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var service = Service();
        new DropInBackup(context).WarnWhenKept(events);
        var live = Live(service.Unit);
        var past = (await VersionedAsync(service, cancellation)).ToList();
        await foreach (var entryPoint in new ArchivedEntryPoints(context).EnumerateAsync(service.Unit, events, cancellation))
            past.Add(entryPoint);

        var newestFirst = past.OrderByDescending(entryPoint => entryPoint.RecordedUtc);
        return [.. (live is null ? newestFirst : newestFirst.Prepend(live)).Select(entryPoint => Judge(entryPoint, live, service))];
    }

    /// <summary>What the unit files of the host say; null when there are none.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoService"/>.</exception>
    internal EntryPoint? ReadLive() => Service() is var service && Live(service.Unit) is { } live ? Judge(live, live, service) : null;

    /// <summary>The entry point of an id; for null the newest that differs from the live one: the previous one. No more is read than that takes.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NotFound"/>.</exception>
    internal async Task<EntryPoint> FindAsync(string? id, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var service = Service();
        var live = Live(service.Unit);
        var found = id is null ? await PreviousAsync(service, live, events, cancellation)
            : id == LiveId ? live
            : id.StartsWith(VersionedEntryPoints.IdPrefix, StringComparison.Ordinal)
                ? (await VersionedAsync(service, cancellation)).FirstOrDefault(entryPoint => entryPoint.Id == id)
            : await new ArchivedEntryPoints(context).FindAsync(service.Unit, id, events, cancellation);
        return found is not null ? Judge(found, live, service) : throw new HxException(EntryPointErrors.NotFound, id ?? "previous", id is null
            ? "No source knows an entry point other than the live one."
            : $"No source knows an entry point '{id}'.");
    }

    private async Task<EntryPoint?> PreviousAsync(GatewayService service, EntryPoint? live, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var newest = (await VersionedAsync(service, cancellation)).Where(entryPoint => entryPoint.Command != live?.Command).MaxBy(entryPoint => entryPoint.RecordedUtc);
        await foreach (var archived in new ArchivedEntryPoints(context).EnumerateAsync(service.Unit, events, cancellation))
        {
            if (newest is not null && archived.RecordedUtc < newest.RecordedUtc)
                break;
            if (archived.Command != live?.Command)
                return archived;
        }

        return newest;
    }

    private Task<ImmutableArray<EntryPoint>> VersionedAsync(GatewayService service, CancellationToken cancellation)
    {
        var files = service.History.Append($"{UnitFolder}/{service.Unit}").Concat(LoadedDropIns(service.Unit)).Distinct().Select(context.Root.Locate);
        return new VersionedEntryPoints(new Git(new ProcessRunner())).ReadAsync(service.Unit, files, cancellation);
    }

    private GatewayService Service() => context.Deployment.Service
        ?? throw new HxException(EntryPointErrors.NoService, context.Deployment.Source, $"Deployment {context.Deployment.Name} describes no service.");

    private EntryPoint? Live(string unit) =>
        new UnitLoader(context.Root).TryLoad(unit)?.Last("Service", "ExecStart") is not { } setting ? null : new EntryPoint
        {
            Id = LiveId,
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
