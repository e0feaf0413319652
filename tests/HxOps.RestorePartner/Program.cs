// A restore in a process of its own, to be killed by the tests.
//   HxOps.RestorePartner ROOT set-entry-point PORT: gives the unit its previous entry point instead
//   HxOps.RestorePartner ROOT CHECKPOINT [guarded SECONDS] [die-at STEP STATE | die-after STEP COUNT | hold | tell STEP]
//   HxOps.RestorePartner ROOT guard-late [die-after STEP COUNT]: the guard, a day later
//   HxOps.RestorePartner --deployment FILE --root ROOT restore list | restore guard ID: what the guard of the former calls as hxops
// Prints "begin" when the restore begins and "end" when it has ended. With die-at it kills itself when the named step comes to the state,
// with die-after when so many files of the named activity are done; with hold it waits, lock in hand, until it is killed; with tell it prints
// "told" when the named step begins, and goes on.
using System.Diagnostics;
using System.Globalization;
using HxOps.Checkpoints.Listing;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;
using HxOps.Restoring.Planning;
using HxOps.Services.EntryPoints;
using HxOps.TestKit;

if (args[0] == "--deployment")
{
    var guarded = TreeDeployment.At(args[3]);
    if (args[5] == "guard")
        await new RestoreGuard(guarded).WatchAsync(args[6], new EventLog(), CancellationToken.None);
    else
        Console.Out.WriteLine(string.Join('\n', new RestoreCatalog(guarded).List().Select(restore => restore.Id)));
    return 0;
}

if (args[1] == "guard-late")
{
    var late = TreeDeployment.At(args[0]) with { Clock = new ManualClock(DateTimeOffset.UtcNow.AddDays(1)) };
    await new RestoreGuard(late).WatchAsync(null, new Sink(args[2..]), CancellationToken.None);
    return 0;
}

if (args[1] == "set-entry-point")
{
    var gateway = EntryPointDeployment.At(args[0], int.Parse(args[2], CultureInfo.InvariantCulture));
    var change = await new EntryPointPlanner(gateway).PlanAsync(new EntryPointRequest(), new EventLog(), CancellationToken.None);
    return (int)(await new EntryPointSwitch(gateway).RunAsync(change, new EventLog(), CancellationToken.None)).ExitCode;
}

var context = TreeDeployment.At(args[0]) with { HxopsCommand = [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]] };
var checkpoint = new CheckpointCatalog(context).Find(args[1]);
var gate = args is [_, _, "die-at", "test the gateway", ..] ? 0 : RestoreSwitches.NoGate;
var options = RestoreOptions.Default with { Switches = gate | RestoreSwitches.NoServices | RestoreSwitches.Mirror };
var order = args[2..];
if (order is ["guarded", var seconds, ..])
{
    options = options with { ConfirmWithin = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) };
    order = order[2..];
}

var sink = new Sink(order);
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
            ("tell", StepEvent { State: StepState.Started } step) => step.Name == order[1],
            _ => false,
        };
        if (!isMet)
            return;

        if (order[0] == "tell")
        {
            Console.Out.WriteLine("told");
            Console.Out.Flush();
            return;
        }

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
