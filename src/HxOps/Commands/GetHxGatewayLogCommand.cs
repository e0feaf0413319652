using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Services;

namespace HxOps.Commands;

/// <summary>Get-HxGatewayLog: what the gateway's units logged, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxGatewayLog")]
[OutputType(typeof(LogLine))]
public sealed class GetHxGatewayLogCommand : HxSubjectCommand
{
    /// <summary>Names of the only units; without any, every unit of the deployment.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UnitCompleter))]
    public string[]? Unit { get; set; }

    /// <summary>How far back.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true)]
    public TimeSpan Since { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>At most so many last lines of each unit.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Tail { get; set; } = 200;

    /// <summary>The least important lines wanted.</summary>
    [Parameter]
    public LogPriority Priority { get; set; } = LogPriority.Debug;

    /// <summary>What the lines are about.</summary>
    [Parameter]
    public LogTopic Topic { get; set; }

    /// <summary>A regular expression that the text must match.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Pattern { get; set; }

    /// <summary>Goes on with the lines that come, until it is stopped.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var reader = new LogReader(context);
        var request = new LogRequest { Units = [.. Unit ?? []], Since = Since, Tail = Tail, Priority = Priority, Topic = Topic, Pattern = Pattern };
        Run(events => reader.Warn(request, events));
        if (Follow)
            RunEach(stop => reader.FollowAsync(request, stop), line => Write(context, line));
        else
            WriteAll(context, Run((_, stop) => reader.ReadAsync(request, stop)));
    }
}
