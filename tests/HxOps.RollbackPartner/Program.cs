// A rollback in a process of its own, to be killed by the very steps that it runs.
//   HxOps.RollbackPartner ROOT PLAN
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.TestKit;

var context = BareDeployment.At(args[0]);
var plan = new PlanReader(context.Codecs.Yaml).Read(args[1]);
var result = await new PlanRunner(context, new AgreedBeforehand("a test")).RunAsync(plan, null, new EventLog(), CancellationToken.None);
return (int)result.ExitCode;
