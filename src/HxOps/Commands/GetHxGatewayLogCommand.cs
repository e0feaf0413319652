using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services;

namespace HxOps.Commands;

/// <summary>Get-HxGatewayLog: what the gateway's units logged, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "HxGatewayLog")]
[OutputType(typeof(LogLine))]
public sealed class GetHxGatewayLogCommand : HxSubjectCommand
{
    /// <summary>Names of the only units; without any, every unit of the deployment.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Unit { get; set; }

    /// <summary>How far back.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan Since { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>At most so many last lines of each unit.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Tail { get; set; } = 200;

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var request = new LogRequest { Units = [.. Unit ?? []], Since = Since, Tail = Tail };
        WriteAll(context, Run((_, stop) => new LogReader(context).ReadAsync(request, stop)));
    }
}
