// A restore in a process of its own, to be killed by the tests.
//   HxOps.RestorePartner ROOT set-entry-point PORT: gives the unit its previous entry point instead
//   HxOps.RestorePartner ROOT CHECKPOINT [die-at STEP STATE | die-after STEP COUNT | hold]
// Prints "begin" when the restore begins and "end" when it has ended. With die-at it kills itself when the named step comes to the state,
// with die-after when so many files of the named activity are done; with hold it waits, lock in hand, until it is killed.
using System.Diagnostics;
using System.Globalization;
using HxOps.Checkpoints;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Services.EntryPoints;
using HxOps.TestKit;

if (args[1] == "set-entry-point")
{
    var gateway = EntryPointDeployment.At(args[0], int.Parse(args[2], CultureInfo.InvariantCulture));
    var change = await new EntryPointPlanner(gateway).PlanAsync(new EntryPointRequest(), new EventLog(), CancellationToken.None);
    return (int)(await new EntryPointSwitch(gateway).RunAsync(change, new EventLog(), CancellationToken.None)).ExitCode;
}

var context = TreeDeployment.At(args[0]);
var checkpoint = new CheckpointCatalog(context).Find(args[1]);
var gate = args is [_, _, "die-at", "test the gateway", ..] ? 0 : RestoreSwitches.NoGate;
var options = RestoreOptions.Default with { Switches = gate | RestoreSwitches.NoServices | RestoreSwitches.Mirror };
var sink = new Sink(args[2..]);
var plan = await new RestorePlanner(context).PlanAsync(checkpoint, options, new EventLog(), CancellationToken.None);
Console.Out.WriteLine("begin");
Console.Out.Flush();
var result = await new RestoreRunner(context).RunAsync(plan, sink, CancellationToken.None);
Console.Out.WriteLine("end");
return (int)result.ExitCode;

internal sealed class Sink(string[] order) : IProgress<HxEvent>
{
    public void Report(HxEvent value)
    {
        if (order.Length == 0)
            return;

        var isMet = (order[0], value) switch
        {
            ("die-at", StepEvent step) => step.Name == order[1] && step.State.ToString() == order[2],
            ("die-after", ProgressEvent progress) => progress.Activity == order[1] && progress.Done >= long.Parse(order[2], CultureInfo.InvariantCulture),
            ("hold", StepEvent { Name: "stage files" }) => true,
            _ => false,
        };
        if (!isMet)
            return;

        if (order[0] == "hold")
        {
            Console.Out.WriteLine("holding");
            Console.Out.Flush();
            Thread.Sleep(Timeout.Infinite);
        }

        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
