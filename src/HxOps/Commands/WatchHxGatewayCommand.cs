using System.Management.Automation;
using HxOps.Completion;
using HxOps.Gateway;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Watch-HxGateway: asks the gate again and again, and writes what it sees as it sees it.</summary>
[Cmdlet(VerbsCommon.Watch, "HxGateway")]
[OutputType(typeof(GateLook))]
public sealed class WatchHxGatewayCommand : HxSubjectCommand
{
    /// <summary>Which probes are asked: all, or only those that make no model work.</summary>
    [Parameter]
    public GateProfile Profile { get; set; } = GateProfile.Free;

    /// <summary>Names of the only probes to ask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProbeCompleter))]
    public string[] Probe { get; set; } = [];

    /// <summary>From the begin of a look to the begin of the next.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to watch; without it until stopped.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true)] // One look is made at least.
    public TimeSpan? For { get; set; }

    /// <summary>The verdict whose sight ends the watch.</summary>
    [Parameter]
    public Verdict? Until { get; set; }

    /// <summary>Only looks at which something changed.</summary>
    [Parameter]
    public SwitchParameter OnChange { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var gate = new GateRequest { Profile = Profile, Probes = [.. Probe] };
        var request = new WatchRequest { Gate = gate, Interval = Interval, For = For, Until = Until, OnChange = OnChange };
        GateLook? last = null;
        RunEach(stop => new GateWatch(context).WatchAsync(request, stop), look => Write(context, last = look));
        if (request.Missed(last) is { } failure)
            Report(failure);
    }
}
