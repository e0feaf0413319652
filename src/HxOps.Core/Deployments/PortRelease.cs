using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments.Preflight;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.Tools.Processes;

namespace HxOps.Deployments;

/// <summary>
/// Ends the processes that hold a port of the gateway in place of its unit: exactly those that were agreed to, politely first. What is of a
/// unit is left to whoever manages units.
/// </summary>
public sealed class PortRelease(DeploymentContext context)
{
    private const int PoliteEnd = 15;
    private const int ForcedEnd = 9;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(3);
    private readonly ProcessFolder _processes = ProcessFolder.Of(context.Root);

    /// <summary>How long a process may take to let go of the port once it was asked to.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who would be ended; nobody when each port is free or its unit's own, or no unit says that it uses it.</summary>
    /// <exception cref="HxException"><see cref="DeploymentErrors.PortHolderProtected"/>; <see cref="CommonErrors.AccessDenied"/> where only
    /// root may know the holder; a unit's state cannot be read.</exception>
    public async Task<PortReleasePlan> PlanAsync(CancellationToken cancellation)
    {
        var guard = new PortHolderGuard(context);
        var intruders = ImmutableArray.CreateBuilder<PortIntruder>();
        foreach (var use in (await PortSurvey.LookAsync(context, cancellation)).Where(use => use.IsTaken))
        {
            foreach (var holder in use.Holders)
            {
                var process = holder.ProcessId ?? throw new HxException(CommonErrors.AccessDenied, Text(use.Port), $"Port {Text(use.Port)} is held by a process that this user may not see.");
                if (ProcessStatus.Read(_processes.Path, process) is not { IsAlive: true } status)
                    continue;

                await guard.CheckAsync(use, status, cancellation);
                intruders.Add(Describe(use, holder, status));
            }
        }

        return new PortReleasePlan(intruders.ToImmutable());
    }

    /// <summary>Ends them, and sees their ports without them.</summary>
    /// <returns>How many processes were ended.</returns>
    /// <exception cref="HxException"><see cref="DeploymentErrors.PortHolderChanged"/>, <see cref="DeploymentErrors.PortNotReleased"/>, another
    /// writer holds the deployment, or a process may not be ended.</exception>
    public async Task<int> RunAsync(PortReleasePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(context.StateFolder, "release of a port");
        var ports = plan.Intruders.ToLookup(intruder => intruder.Port);
        foreach (var port in ports)
            RequireSame(port.Key, [.. port]);

        foreach (var port in ports)
        {
            var outcome = "Stopped";
            try
            {
                await ReleaseAsync(port.Key, [.. port], events, cancellation);
                outcome = "Released";
            }
            catch (HxException failure)
            {
                outcome = failure.Id.Name;
                throw;
            }
            finally
            {
                await new AuditLog(context).WriteAsync(new AuditNote("release", $"port {Text(port.Key)}", outcome, string.Join("; ", port)), events);
            }
        }

        return plan.Processes;
    }

    private void RequireSame(int port, ImmutableArray<PortIntruder> intruders)
    {
        if (Holders(port).FirstOrDefault(holder => !intruders.Any(intruder => Is(holder, intruder))) is { } other)
            throw new HxException(DeploymentErrors.PortHolderChanged, Text(port), $"Port {Text(port)} is held by PID {Text(other.ProcessId)} ({other.Command}) now. Nothing was ended.");
    }

    private async Task ReleaseAsync(int port, ImmutableArray<PortIntruder> intruders, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var handles = intruders.Select(intruder => (Intruder: intruder, Process: ProcessHandle.Open(_processes, intruder.ProcessId, intruder.StartTicks))).ToList();
        try
        {
            foreach (var (signal, patience) in new[] { (PoliteEnd, Patience), (ForcedEnd, LastPatience) })
            {
                foreach (var (intruder, process) in handles.Where(handle => Holders(port).Any(holder => Is(holder, handle.Intruder))))
                {
                    events.Report(new DetailEvent($"{intruder}: signal {Text(signal)}"));
                    process?.Send(signal);
                }

                if (await IsGoneAsync(port, intruders, patience, cancellation))
                    break;
            }
        }
        finally
        {
            handles.ForEach(handle => handle.Process?.Dispose());
        }

        var use = (await PortSurvey.LookAsync(context, cancellation)).FirstOrDefault(use => use.Port == port);
        if (use is { IsTaken: true })
            throw new HxException(DeploymentErrors.PortNotReleased, Text(port), $"Port {Text(port)} is still held, by PID {Text(use.Holders[0].ProcessId)} ({use.Holders[0].Command}).");
    }

    // A server that has let go of the port may take its time to answer its last requests.
    private async Task<bool> IsGoneAsync(int port, ImmutableArray<PortIntruder> intruders, TimeSpan patience, CancellationToken cancellation)
    {
        for (var begun = context.Clock.GetTimestamp(); Holders(port).Any(holder => intruders.Any(intruder => Is(holder, intruder)));)
        {
            if (context.Clock.GetElapsedTime(begun) >= patience)
                return false;

            await Task.Delay(Poll, context.Clock, cancellation);
        }

        return true;
    }

    private ImmutableArray<PortHolder> Holders(int port) => PortHolders.Of(context.Root, port);

    private bool Is(PortHolder holder, PortIntruder intruder) =>
        holder.ProcessId == intruder.ProcessId && ProcessStatus.Read(_processes.Path, intruder.ProcessId)?.StartTicks == intruder.StartTicks;

    private PortIntruder Describe(PortUse use, PortHolder holder, ProcessStatus status)
    {
        var user = ProcessOrigin.Read(_processes, status.Id).UserId;
        var accounts = new HostAccounts(ProcessCommandLine.IsElsewhere(context.Root) ? context.Root : HostRoot.Machine);
        var words = CommandWords.Join(ProcessCommandLine.TryRead(context.Root, status.Id));
        var redactor = new UnitLogRedactor(context.Root, context.Secrets.CreateRedactor());
        return new PortIntruder
        {
            Port = use.Port,
            Unit = use.Service!,
            ProcessId = status.Id,
            StartTicks = status.StartTicks,
            User = user is { } id ? accounts.UserName(id) ?? id.ToString(CultureInfo.InvariantCulture) : "nobody",
            CommandLine = words.Length > 0 ? PrintableText.Of(redactor.Redact(use.Service!, words)) : $"[{holder.Command}]",
        };
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
}
