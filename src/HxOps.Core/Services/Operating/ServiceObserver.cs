using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments.Validation;
using HxOps.Errors;
using HxOps.Services.Units;
using HxOps.Tools.Processes;

namespace HxOps.Services.Operating;

/// <summary>Looks at units of the gateway from all sides. Changes nothing.</summary>
public sealed class ServiceObserver(DeploymentContext context)
{
    private readonly UnitLogRedactor _redactor = new(context.Root, context.Secrets.CreateRedactor());
    private readonly StaleConfiguration _stale = new(context);

    /// <summary>Every unit of the deployment, in the order in which they are started.</summary>
    public async Task<ImmutableArray<ServiceStatus>> ObserveAllAsync(CancellationToken cancellation)
    {
        var states = ImmutableArray.CreateBuilder<ServiceStatus>();
        foreach (var unit in ServiceUnits.Of(context.Deployment))
            states.Add(await ObserveAsync(unit, cancellation));

        return states.ToImmutable();
    }

    /// <summary>One unit; one that does not exist is absent.</summary>
    public async Task<ServiceStatus> ObserveAsync(string unit, CancellationToken cancellation)
    {
        var status = await context.Services.GetAsync(unit, cancellation);
        var files = Read(unit);
        var running = status.MainProcessId is { } process ? string.Join(' ', ProcessCommandLine.TryRead(context.Root, process)) : "";
        var port = PortOf(unit, files);
        var holders = port is { } number && IsUp(status) ? PortHolders.Of(context.Root, number) : [];
        var isListening = port is null ? null : IsListening(status, holders);
        return new ServiceStatus
        {
            Id = unit,
            Activity = status.Activity,
            Detail = status.Detail,
            IsEnabled = status.IsEnabled,
            MainProcessId = status.MainProcessId,
            CommandLine = _redactor.Redact(unit, running),
            EntryPoint = context.Deployment.Service is { } service && service.Unit == unit ? service.KindOf(AsWritten(running))?.Name ?? "" : "",
            MemoryBytes = status.MemoryBytes,
            CpuTime = status.CpuTime,
            SinceUtc = status.SinceUtc,
            Restarts = status.Restarts,
            UnitFile = status.UnitFile,
            DropIns = status.DropIns,
            StartCommand = _redactor.Redact(unit, files.StartCommand),
            Port = port,
            IsListening = isListening,
            Remarks = [.. Remarks(status, files, port, isListening, holders)],
        };
    }

    // Below a root a program is given the paths that it finds there; the deployment file knows those of the host.
    private string AsWritten(string commandLine) =>
        context.Root.IsMachine ? commandLine : commandLine.Replace(context.Root.Folder + "/", "/", StringComparison.Ordinal);

    private IEnumerable<string> Remarks(UnitStatus status, UnitReading files, int? port, bool? isListening, ImmutableArray<PortHolder> holders)
    {
        if (files.Fault.Length > 0)
            yield return files.Fault;

        foreach (var remark in files.Settings?.Remarks ?? [])
            yield return remark;

        if (status.NeedsReload)
            yield return "its files changed on disk and the service manager has not read them: a daemon-reload, then a restart, brings them into effect";

        if (status.Activity == UnitActivity.Active && status.SinceUtc is { } since)
        {
            foreach (var file in _stale.Of(status.Id, files.StartCommand, since))
                yield return $"{file} changed after it was started: it takes effect with a restart";
        }

        if (isListening == false)
            yield return holders is [var stranger, ..]
                ? string.Create(CultureInfo.InvariantCulture, $"{port} is held by {stranger.Command} (PID {stranger.ProcessId}), which is not of this unit")
                : string.Create(CultureInfo.InvariantCulture, $"nobody listens on {port}");
    }

    /// <summary>A port that only root could look up is neither its own nor a stranger's.</summary>
    private bool? IsListening(UnitStatus status, ImmutableArray<PortHolder> holders)
    {
        if (status.MainProcessId is not { } main || holders is [{ ProcessId: null }, ..])
            return null;

        return holders.Any(holder => holder.ProcessId is { } process && ProcessStatus.IsOfFamily(ProcessFolder.Of(context.Root).Path, process, main));
    }

    private int? PortOf(string unit, UnitReading files) =>
        (files.Settings is { } settings ? ServicePort.Of(new ServiceUnit(unit, settings, files.Environment)).FirstOrDefault()?.Port : null)
        ?? (context.Deployment.Service is { } service && service.Unit == unit ? service.Port : null);

    private UnitReading Read(string unit)
    {
        try
        {
            return new UnitLoader(context.Root).TryLoad(unit) is { IsMasked: false } definition ? UnitReading.Of(context.Root, definition) : UnitReading.None;
        }
        catch (HxException failure)
        {
            return UnitReading.None with { Fault = failure.Message };
        }
    }

    private static bool IsUp(UnitStatus status) => status.Activity is UnitActivity.Active or UnitActivity.Activating;
}
