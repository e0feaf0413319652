using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Core.Tests.Checkpoints;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.Services;
using HxOps.TestKit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>A sample deployment with the agents that restore it.</summary>
public abstract class RestoreBench : CheckpointBench
{
    protected const string Gateway = "hx-litellm-gateway.service";

    protected static RestoreOptions FilesOnly { get; } = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate | RestoreSwitches.NoServices };

    protected static RestoreOptions WithUnits { get; } = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate };

    protected static RestoreOptions WithGate { get; } = RestoreOptions.Default with { GateWait = TimeSpan.Zero };

    protected TreeSnapshot Host() => TreeSnapshot.Of(Sample.Local(SampleDeployment.Base + "/config"));

    /// <summary>What differs, apart from the folder that only holds a named source and is nobody's state.</summary>
    protected static IEnumerable<string> Differences(TreeSnapshot one, TreeSnapshot other) =>
        one.Differences(other).Where(difference => !difference.StartsWith("api-gateway: Directory", StringComparison.Ordinal));

    protected RestorePlan Plan(CheckpointInfo checkpoint, RestoreOptions options) =>
        new RestorePlanner(Sample.Context).PlanAsync(checkpoint, options, Events, CancellationToken.None).GetAwaiter().GetResult();

    protected RestoreResult Run(RestorePlan plan, IProgress<HxEvent> events) =>
        new RestoreRunner(Sample.Context).RunAsync(plan, events, CancellationToken.None).GetAwaiter().GetResult();

    protected RestoreResult Run(RestorePlan plan, CancellationToken cancellation = default) =>
        new RestoreRunner(Sample.Context).RunAsync(plan, Events, cancellation).GetAwaiter().GetResult();

    protected RestoreResult Restore(CheckpointInfo checkpoint, RestoreOptions? options = null) => Run(Plan(checkpoint, options ?? FilesOnly));

    protected RestoreResult Undo(string? id) =>
        Run(new RestorePlanner(Sample.Context).PlanUndoAsync(id, FilesOnly, Events, CancellationToken.None).GetAwaiter().GetResult());

    protected ImmutableArray<RestoreInfo> Repair() =>
        new RestoreRepairer(Sample.Context).RepairAsync(Events, CancellationToken.None).GetAwaiter().GetResult();

    protected ImmutableArray<CheckpointInfo> Safeties() =>
        [.. new CheckpointCatalog(Sample.Context).List().Where(checkpoint => checkpoint.Kind == CheckpointKind.Safety)];

    protected RecordingServices Record(UnitActivity activity = UnitActivity.Active)
    {
        var services = new RecordingServices().With(Gateway, activity);
        Sample.Services = services;
        return services;
    }

    /// <summary>Makes one port the gate; closed, it fails.</summary>
    protected TcpListener GateOnPort(bool isOpen)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        if (!isOpen)
            listener.Stop();

        var probe = new PortProbe("127.0.0.1", port) { Name = "port", Importance = Importance.Required, Layer = GatewayLayer.Host, Deadline = TimeSpan.FromSeconds(2) };
        Sample.Deployment = Sample.Deployment with { Probes = [probe] };
        return listener;
    }

    protected void SetPolicy(string component, OwnershipPolicy policy) => Sample.Deployment = Sample.Deployment with
    {
        Components =
        [
            .. Sample.Deployment.Components.Select(each => each.Name == component
                ? each with { Sources = [.. each.Sources.Select(source => source with { Policy = policy })] }
                : each),
        ],
    };

    /// <summary>Acts when a step comes to a state.</summary>
    protected static IProgress<HxEvent> At(string step, StepState state, Action act) =>
        new Watch(value => value is StepEvent found && found.Name == step && found.State == state, act);

    /// <summary>Tells two about every event.</summary>
    protected sealed class Both(IProgress<HxEvent> one, IProgress<HxEvent> other) : IProgress<HxEvent>
    {
        public void Report(HxEvent value)
        {
            one.Report(value);
            other.Report(value);
        }
    }

    /// <summary>Acts when an event comes.</summary>
    protected sealed class Watch(Func<HxEvent, bool> isMet, Action act) : IProgress<HxEvent>
    {
        internal Watch(Action act)
            : this(_ => true, act)
        {
        }

        public void Report(HxEvent value)
        {
            if (isMet(value))
                act();
        }
    }
}
